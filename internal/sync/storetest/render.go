package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

// Render writes flags a line each: the key, and the fields that a snapshot holds of it.
func Render(t testing.TB, flags []*registry.Flag) string {
	t.Helper()
	var b strings.Builder
	for _, f := range flags {
		fields, err := snapshot.Fields(f)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\n", f.Key, text)
	}
	return b.String()
}
