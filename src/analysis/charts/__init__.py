"""The shared grammar of figures: sheet, axis of days, bars, stairs, marks, legend, export."""
