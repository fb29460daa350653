"""One advert once: employers, pairs, groups, merging."""
