"""What is said: deliveries, summaries and notices as the messages their reader gets. Pure."""
