package main

import (
	"go/constant"
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flaghygiene/flaglint/registry"
)

func TestAsType(t *testing.T) {
	t.Parallel()
	text := constant.MakeString
	num := func(s string, tok token.Token) constant.Value { return constant.MakeFromLiteral(s, tok, 0) }
	for _, tt := range []struct {
		value constant.Value
		typ   registry.Type
		want  string // as YAML; empty: no value of the type
	}{
		{constant.MakeBool(true), registry.TypeBool, "true"},
		{constant.MakeBool(true), registry.TypeString, ""},
		{text("false"), registry.TypeBool, "false"},
		{text("1"), registry.TypeBool, "true"},
		{text("off"), registry.TypeBool, ""},
		{text("false"), registry.TypeString, `"false"`},
		{text("30"), registry.TypeInt, "30"},
		{text("30s"), registry.TypeInt, ""},
		{text("0.5"), registry.TypeFloat, "0.5"},
		{text("inf"), registry.TypeFloat, ""},
		{text("{}"), registry.TypeJSON, `"{}"`},
		{num("10", token.INT), registry.TypeInt, "10"},
		{num("10", token.INT), registry.TypeFloat, "10"},
		{num("10.0", token.FLOAT), registry.TypeInt, "10"},
		{num("1.5", token.FLOAT), registry.TypeInt, ""},
		{num("1.5", token.FLOAT), registry.TypeFloat, "1.5"},
		{num("10", token.INT), registry.TypeBool, ""},
	} {
		got := ""
		if v := asType(tt.value, tt.typ); v != nil {
			got = yamlConstant(v)
		}
		assert.Equal(t, tt.want, got, "%s as %s", tt.value, tt.typ)
	}
}
