package twice

import "testing"

// The variable of a key has underscores for its dashes.
func TestVariable(t *testing.T) {
	t.Setenv("TWICE_TWICE_SEARCH", "1") // want `override twice-search set="1" test`
	t.Setenv("TWICE_TWICE-SEARCH", "1")
}
