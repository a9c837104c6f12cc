package flagflow

import (
	"go/ast"
	"go/constant"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFactDecides(t *testing.T) {
	t.Parallel()
	is := func(v any) Fact { return Fact{Key: "k", Value: constant.Make(v), Equal: true} }
	not := func(v any) Fact { f := is(v); f.Equal = false; return f }
	other := is(true)
	other.Key = "other"
	param := is(true)
	param.Param = "p"
	for _, tt := range []struct {
		name      string
		known, is Fact
		value, ok bool
	}{
		{"on, on", is(true), is(true), true, true},
		{"on, off", is(true), is(false), false, true},
		{"a, a", is("a"), is("a"), true, true},
		{"a, b", is("a"), is("b"), false, true},
		{"a, not a", is("a"), not("a"), false, true},
		{"a, not b", is("a"), not("b"), true, true},
		{"not a, a", not("a"), is("a"), false, true},
		{"not a, not a", not("a"), not("a"), true, true},
		{"not a, b", not("a"), is("b"), false, false},
		{"not a, not b", not("a"), not("b"), false, false},
		{"another flag", other, is(true), false, false},
		{"another parameter", param, is(true), false, false},
		{"another type", is("true"), is(true), false, false},
		{"3, 3", is(int64(3)), is(int64(3)), true, true},
	} {
		value, ok := tt.known.Decides(tt.is)
		assert.Equal(t, tt.ok, ok, tt.name)
		assert.Equal(t, tt.value, value, tt.name)
	}
}

func TestFactNot(t *testing.T) {
	t.Parallel()
	on := Fact{Key: "k", Value: constant.MakeBool(true), Equal: true}
	assert.Equal(t, "k is false", on.not().String(), "facts of bool flags say equal")
	assert.Equal(t, on, on.not().not())
	a := Fact{Key: "k", Value: constant.MakeString("a"), Equal: true}
	assert.Equal(t, `k is not "a"`, a.not().String())
}

func TestExclusive(t *testing.T) {
	t.Parallel()
	branch, inner := &ast.IfStmt{If: 1}, &ast.IfStmt{If: 2}
	at := func(arms ...arm) *Site { return &Site{arms: arms} }
	assert.True(t, Exclusive(at(arm{branch, 0, false}), at(arm{branch, 1, false})), "two arms")
	assert.False(t, Exclusive(at(arm{branch, 0, false}), at(arm{branch, 0, false})), "one arm")
	assert.False(t, Exclusive(at(arm{branch, 0, false}), at()), "an arm, and behind it")
	assert.True(t, Exclusive(at(arm{branch, 0, true}), at()), "an arm that leaves, and behind it")
	assert.True(t, Exclusive(at(arm{branch, 0, false}, arm{inner, 0, true}), at(arm{branch, 0, false})), "an inner arm that leaves")
	assert.False(t, Exclusive(at(), at(arm{branch, 0, true})), "before, and in an arm")
}
