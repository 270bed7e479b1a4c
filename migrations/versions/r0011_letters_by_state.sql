-- Staff read letters by what became of them, the latest first, and count each kind as far as anybody counts.
CREATE INDEX letters_by_state ON public.letters (state, created_at DESC, key DESC);
