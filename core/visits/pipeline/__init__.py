"""The pipeline of prospects: stages over time, win rates, and the forecast with its error so far."""
