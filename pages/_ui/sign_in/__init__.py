"""Who is here: alone or as a team, whom a session or a request belongs to, what that person may do now."""
