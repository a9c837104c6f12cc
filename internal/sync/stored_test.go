package sync_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flaghygiene/flaglint/internal/sync"
)

// What a store holds is read or refused, whatever it is: nothing that is told of it
// repeats it.
func FuzzReadStored(f *testing.F) {
	for _, value := range []string{
		"true", "25%", `"off"`, `{"enabled": true, "tags": ["a"], "value": {"a": [1]}}`, `{"owner": null, "owner": 1}`, "{", "\x00", `{"expires": "s3cr3t"}`,
		`{"type": "json", "default": "{}"}`, `{"percentage": 1e400}`, `{"a": 99999999999999999999}`, `{"rollout": "-0"}`,
	} {
		f.Add("a", value)
		f.Add("s3cr3t\n", value)
	}
	f.Fuzz(func(t *testing.T, flag, value string) {
		flags, err := sync.ReadStored(sync.Source{Name: "flags"}, []sync.Stored{{Flag: flag, Value: value}}, sync.ValueOf)
		if err == nil {
			assert.Len(t, flags, 1)
			assert.Equal(t, flag, flags[0].Key)
			return
		}
		assert.Nil(t, flags)
		assert.Contains(t, err.Error(), "flags/")
		if i := strings.Index(value, "s3cr3t"); i >= 0 && !strings.Contains(flag, "s3cr3t") && !strings.Contains(value, `s3cr3t":`) {
			assert.NotContains(t, err.Error(), "s3cr3t")
		}
	})
}
