"""How the suite speaks to the implementation under test: HTTP, its receivers, and the line between them."""
