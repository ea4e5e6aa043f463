"""The kernel in a field of its own: a lending library.  Nothing here knows of parcels, and the kernel doesn't either."""
