"""Two appliances of known cost, put in by SKILLS_DIR; they stand for a model."""
