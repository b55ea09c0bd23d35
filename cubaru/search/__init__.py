"""The search as readers and programs meet it; what finds is `cubaru.core.search`."""
