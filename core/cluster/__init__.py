"""The store's queries and the visit plans on another engine: Spark Connect, or Sail in this process."""
