"""Stories: implements `watch.ports.Memory`, the look-up and the one transaction of an ingest."""
