package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
)

func at(line, column int) registry.Position {
	return registry.Position{File: "app.yaml", Line: line, Column: column}
}

func TestDecodeEverySpelling(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/decode/full.yaml")
	require.NoError(t, err)
	specs, err := provider.Decode("app.yaml", data)
	require.NoError(t, err)
	require.Len(t, specs, 1)
	s := specs[0]
	one, zero := 1, 0

	assert.Equal(t, "app", s.Name)
	assert.Equal(t, []string{"example.com/app"}, s.Modules)
	assert.Equal(t, []string{"APP_"}, s.Prefixes)
	assert.Equal(t, []provider.Function{
		{Name: "example.com/app/flags.Bool", Key: provider.Arg{Index: 0}, Default: &provider.Arg{Index: 1}, Value: 0, Error: &one},
		{
			Name: "(*{mod}/flags.Client).{Bool,String}", Since: 2, Until: 4, Key: provider.Arg{Index: 0, Field: "Key"}, Keys: true,
			Option: []string{"{mod}.WithFallback"}, Type: registry.TypeBool, Value: 1, Negated: true,
			Details:  map[string]provider.Detail{"Value": {Role: "value"}, "Reason": {Role: "other"}},
			Callback: &provider.Callback{Arg: 2, When: true}, Sentinel: "off", Param: &provider.Arg{Index: 3}, Mention: true,
		},
		{Name: "example.com/app/flags.All", Dynamic: true},
	}, s.Functions)
	assert.Equal(t, []provider.Field{{Type: "example.com/app/model.FeatureFlags", Tag: "json"}}, s.Fields)
	assert.Equal(t, []provider.Object{
		{
			Declare: "(*go.opentelemetry.io/collector/featuregate.Registry).MustRegister", Key: provider.Arg{}, Stage: &provider.Arg{Index: 1},
			Evaluate: []provider.Evaluate{{Name: "(*go.opentelemetry.io/collector/featuregate.Gate).IsEnabled"}},
		},
		{
			Type: "example.com/app/flags.Object", Key: provider.Arg{Index: provider.ReceiverArg, Field: "Key"},
			Default: &provider.Arg{Index: provider.ReceiverArg, Field: "Default"},
			Evaluate: []provider.Evaluate{
				{Name: "(*example.com/app/flags.Object).On"},
				{Name: "(*example.com/app/flags.Client).Bool", Flag: &one, Value: 0, Error: &one, Default: &provider.Arg{Index: 2}, Type: registry.TypeBool},
				{
					Name: "(*example.com/app/flags.Setting).Get", Returns: "func", Negated: true,
					Details: map[string]provider.Detail{"V": {Role: "value"}}, Callback: &provider.Callback{Arg: 1},
				},
			},
		},
	}, s.Objects)
	assert.Equal(t, []string{"example.com/app/flags.All"}, s.Lookups)
	assert.Equal(t, []string{"example.com/app.Server.experimentals"}, s.Contains)
	assert.Equal(t, []provider.Override{
		{Name: "k8s.io/component-base/featuregate/testing.SetFeatureGateDuringTest", Key: provider.Arg{Index: 2}, Value: &provider.Arg{Index: 3}},
		{Name: "example.com/app/flags.Override", Value: &provider.Arg{Index: zero}},
		{Name: "example.com/app/flags.Enable", Key: provider.Arg{Index: 1}, Set: true},
		{Name: "example.com/app/flags.Variant", Key: provider.Arg{Index: 1}, Set: "blue"},
	}, s.Overrides)
	assert.Equal(t, provider.EnvName{Pattern: "APP_FLAG_{key}"}, s.Env)

	assert.Equal(t, at(1, 1), s.Pos)
	assert.Equal(t, at(5, 11), s.At["example.com/app/flags.Bool"])
	assert.Equal(t, at(26, 9), s.At["(*example.com/app/flags.Object).On"])
}

func TestDecodeOtherSpellings(t *testing.T) {
	t.Parallel()
	specs, err := provider.Decode("s.yaml", []byte("- {name: a, env: {field: EnvVar}}\n- {name: b}\n"))
	require.NoError(t, err)
	require.Len(t, specs, 2)
	assert.Equal(t, provider.EnvName{Field: "EnvVar"}, specs[0].Env)
	assert.Equal(t, 2, specs[1].Pos.Line)
}

// Every file in testdata/decode/bad has the errors that the file beside it lists.
func TestDecodeTellsEveryError(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/decode/bad/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			want, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".errors")
			require.NoError(t, err)
			specs, err := provider.Decode(filepath.Base(file), data)
			require.Error(t, err)
			assert.Nil(t, specs)
			assert.Equal(t, strings.TrimSpace(string(want)), err.Error())
		})
	}
}
