"""Accuracy, speed, memory and peers, measured on this machine; not part of the installed package."""
