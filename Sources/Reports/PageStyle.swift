/// The page's style sheet, and the script that sorts its tables.
enum PageStyle {
  static let css = """
    :root { --paper: #fff; --ink: #222; --quiet: #595959; --line: #ddd; --accent: #005a92; --good: #00664b; --bad: #a83a00; \
    --card: #fff; }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #16181b; --ink: #e6e6e6; --quiet: #a8a8a8; --line: #3a3d42; --accent: #7cc0f0; --good: #58c9a4; \
    --bad: #ff9a66; }
      img { filter: invert(0.91) hue-rotate(180deg); }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--paper); color: var(--ink); \
    font: 1rem/1.5 "Helvetica Neue", Helvetica, Arial, sans-serif; }
    h1 { font-size: 1.8rem; line-height: 1.2; margin: 1rem 0 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.4rem; margin: 2.5rem 0 0.5rem; border-top: 1px solid var(--line); padding-top: 1rem; \
    overflow-wrap: anywhere; }
    h3 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
    header p, figcaption, caption, .quiet { color: var(--quiet); }
    a { color: var(--accent); }
    a:focus-visible, button:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); \
    outline-offset: 2px; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { position: static; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .scroll { overflow-x: auto; margin: 0.5rem 0 1rem; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.95rem; }
    caption { text-align: left; padding-bottom: 0.25rem; }
    th, td { padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
    tbody th { font-weight: normal; }
    td:not([data-value]) { min-width: 8rem; }
    td[data-value] { text-align: right; white-space: nowrap; }
    th button { font: inherit; font-weight: bold; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; \
    text-align: left; }
    th[aria-sort] button::after { content: " \\2195"; color: var(--quiet); }
    th[aria-sort="ascending"] button::after { content: " \\2191"; color: var(--accent); }
    th[aria-sort="descending"] button::after { content: " \\2193"; color: var(--accent); }
    .better { color: var(--good); }
    .worse { color: var(--bad); }
    figure { margin: 0 0 1.5rem; }
    figure img { display: block; width: 100%; min-width: 36rem; max-width: 50rem; height: auto; }
    figcaption { font-size: 0.9rem; }
    pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
    details { margin: 0.5rem 0; }
    figure svg { display: block; width: 100%; min-width: 30rem; max-width: 50rem; height: auto; font-size: 12px; }
    svg text { fill: var(--quiet); }
    svg .grid { stroke: var(--line); }
    svg .curve { fill: none; stroke-width: 2; }
    ul.plain { list-style: none; padding: 0; }
    summary { cursor: pointer; color: var(--accent); }
    @media print {
      body { max-width: none; font-size: 10pt; }
      figure, tr { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
      .skip, .files { display: none; }
      .scroll { overflow: visible; }
      figure img { min-width: 0; }
    }

    """

  /// Sorts a table by the column whose button is pressed: numbers as such, empty cells last.
  static let script = """
    "use strict";
    for (const table of document.querySelectorAll("table.sortable")) {
      const headers = [...table.querySelectorAll("thead th")];
      headers.forEach((header, column) => {
        header.querySelector("button").addEventListener("click", () => {
          const rising = header.getAttribute("aria-sort") === "descending" || header.getAttribute("aria-sort") === "none" \
    && column === 0;
          const key = (row) => {
            const cell = row.cells[column];
            if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
            return cell.textContent.trim() === "" ? null : cell.textContent.trim();
          };
          const rows = [...table.tBodies[0].rows];
          rows.sort((one, other) => {
            const [a, b] = [key(one), key(other)];
            if (a === null || b === null) return (a === null) - (b === null);
            const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", \
    { numeric: true });
            return rising ? order : -order;
          });
          table.tBodies[0].append(...rows);
          headers.forEach((each) => each.setAttribute("aria-sort", "none"));
          header.setAttribute("aria-sort", rising ? "ascending" : "descending");
          document.getElementById("announcement").textContent =
            `Sorted by ${header.textContent.trim()}, ${rising ? "ascending" : "descending"}.`;
        });
      });
    }

    """
}
