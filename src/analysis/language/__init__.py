"""What is said in each language: messages, dates, counts, lists, number words."""
