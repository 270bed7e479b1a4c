"""The faces: staff pages, the vendor's side, refusals as pages."""
