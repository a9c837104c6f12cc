package provider

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBuiltinLoads(t *testing.T) {
	t.Parallel()
	specs, err := Builtin()
	require.NoError(t, err)
	_, err = NewSet(specs)
	require.NoError(t, err)
}
