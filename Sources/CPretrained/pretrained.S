// The file lies in include/, which is where the assembler looks.
  .section .rodata
  .balign 64
  .global s3n_birdlets_backbone
  .global s3n_birdlets_backbone_end
s3n_birdlets_backbone:
  .incbin "birdlets-backbone.safetensors"
s3n_birdlets_backbone_end:
  .section .note.GNU-stack,"",%progbits
