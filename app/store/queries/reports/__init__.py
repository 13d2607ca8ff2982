"""What reports count and the lists behind their figures: each figure has one condition, for both."""
