/// Whether a name is one that desktops, network drives and packers leave in folders, and no part of a dataset.
public func isClutter(_ name: String) -> Bool {
  clutter.contains(name.lowercased()) || name.hasPrefix("._") || name.hasPrefix(".nfs")
}

private let clutter: Set = [
  ".ds_store", "__macosx", ".appledouble", ".spotlight-v100", ".trashes", ".fseventsd", "thumbs.db", "ehthumbs.db",
  "desktop.ini", "$recycle.bin", "system volume information", "lost+found", "@eadir", ".directory",
  ".ipynb_checkpoints",
]
