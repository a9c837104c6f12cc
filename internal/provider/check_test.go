package provider

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	pkg, _ := typecheck(t, "example.com/sdk", sample)
	for _, tt := range []struct {
		name string
		spec Spec
		want string // empty: nothing is wrong
	}{
		{"right", Spec{Functions: []Function{{Name: "(*example.com/sdk.base).Bool", Default: &Arg{Index: 1}}}}, ""},
		{"other package", Spec{Functions: []Function{{Name: "example.com/other.Nope"}}}, ""},
		{"no function", Spec{Functions: []Function{{Name: "example.com/sdk.Nope"}}}, "package example.com/sdk has no function Nope"},
		{"no type", Spec{Functions: []Function{{Name: "(*example.com/sdk.Nope).M"}}}, "has no type Nope"},
		{"no method", Spec{Functions: []Function{{Name: "(*example.com/sdk.Client).Nope"}}}, "type Client has no method Nope"},
		{"pointer", Spec{Functions: []Function{{Name: "(example.com/sdk.base).Bool"}}}, "declared as (*example.com/sdk.base).Bool"},
		{"embedded", Spec{Functions: []Function{{Name: "(*example.com/sdk.Client).Bool"}}}, "declared as (*example.com/sdk.base).Bool"},
		{"embedded interface", Spec{Functions: []Function{{Name: "(example.com/sdk.Interface).Int"}}}, "declared as (example.com/sdk.Evaluations).Int"},
		{"a type", Spec{Functions: []Function{{Name: "example.com/sdk.Client"}}}, "Client is no function (it is a type)"},
		{"key", Spec{Functions: []Function{{Name: "example.com/sdk.Flag", Key: Arg{Index: 1}}}}, "no argument 1 for key (it takes 1"},
		{"receiver", Spec{Functions: []Function{{Name: "example.com/sdk.Flag", Key: Arg{Index: ReceiverArg}}}}, "there is none"},
		{"no key", Spec{Functions: []Function{{Name: "(*example.com/sdk.base).Bool", Key: Arg{Index: 1}}}}, "argument 1, named as the key, is a bool and can be none"},
		{"field of a string", Spec{Functions: []Function{{Name: "example.com/sdk.Flag", Key: Arg{Field: "Key"}}}}, "string has no field Key"},
		{"error", Spec{Functions: []Function{{Name: "example.com/sdk.Flag", Error: new(1)}}}, "no result 1 for error (it gives 1"},
		{"details", Spec{Functions: []Function{{Name: "example.com/sdk.Flag", Details: map[string]Detail{"Nope": {Role: RoleValue}}}}}, "no field or method Nope"},
		{"detail", Spec{Functions: []Function{{Name: "example.com/sdk.Flag", Details: map[string]Detail{"Get": {Role: RoleValue}}}}}, ""},
		{"object", Spec{Objects: []Object{{Type: "example.com/sdk.Flags", Key: Arg{Index: -1, Field: "Name"}}}}, "sdk.Flags has no field Name (for key)"},
		{"object's method", Spec{Objects: []Object{{Type: "example.com/sdk.Flags", Key: Arg{Index: -1, Field: "Fast"}, Evaluate: []Evaluate{{Name: "(example.com/sdk.Flags).On"}}}}}, "type Flags has no method On"},
		{"field struct", Spec{Fields: []Field{{Type: "example.com/sdk.All"}}}, "is no type (it is a variable)"},
		{"lookup", Spec{Lookups: []string{"example.com/sdk.Nope"}}, "no variable Nope"},
		{"contains", Spec{Contains: []string{"example.com/sdk.Server.on", "example.com/sdk.Server.off"}}, "type Server has no field off"},
		{"versions", Spec{Modules: []string{"example.com/sdk"}, Functions: []Function{{Name: "{mod}.Later", Since: 2}}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.spec.Name = "app"
			set, err := NewSet([]Spec{tt.spec})
			require.NoError(t, err)
			errs := set.Check(pkg)
			if tt.want == "" {
				assert.Empty(t, errs)
				return
			}
			require.Len(t, errs, 1)
			assert.ErrorContains(t, errs[0], tt.want)
		})
	}
}

func TestCheckSaysWhere(t *testing.T) {
	t.Parallel()
	specs, err := Decode(".flaglint.yaml", []byte("name: app\nfunctions:\n  - name: example.com/sdk.Nope\n    key: 0\n"))
	require.NoError(t, err)
	set, err := NewSet(specs)
	require.NoError(t, err)
	pkg, _ := typecheck(t, "example.com/sdk", sample)
	errs := set.Check(pkg)
	require.Len(t, errs, 1)
	assert.True(t, strings.HasPrefix(errs[0].Error(), ".flaglint.yaml:3:11: "), errs[0].Error())
}

func TestCheckIsSilentOfBuiltins(t *testing.T) {
	t.Parallel()
	pkg, _ := typecheck(t, "github.com/open-feature/go-sdk/openfeature", "package openfeature\n\ntype Client struct{}\n")
	assert.Empty(t, builtinSet(t).Check(pkg))
}
