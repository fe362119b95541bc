"""The library in other forms. Pure: values in, text out; the same library gives the same bytes."""
