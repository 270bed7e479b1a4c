"""What happens without a person."""
