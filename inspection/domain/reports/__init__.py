"""What published area SEND reports say: read from blocks of text, tied to our criteria by lists of words."""
