"""Facts about strings: characters, Chinese variants, English words, dates, numbers. Leaf modules."""
