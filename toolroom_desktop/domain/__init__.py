"""What the product is about, in the standard library alone: no Qt, no SQL, no pictures, no input or output."""
