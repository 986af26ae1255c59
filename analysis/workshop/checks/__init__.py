"""What each exercise expects, a module a lesson: computed from the corpus or read from the answer key."""
