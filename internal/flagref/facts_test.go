package flagref

import (
	"bytes"
	"encoding/gob"
	"go/constant"
	"testing"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
)

// TestFactCodecs holds every fact against what drivers that write facts to files
// need: that gob takes it, gives the same bytes each time, and loses nothing.
func TestFactCodecs(t *testing.T) {
	t.Parallel()
	evaluation := &eval{
		Key: concat(stringValue("app."), param("", 0)), Sub: stringValue("sub"), Default: boolValue(false), DefaultAt: position{"b.go", 3, 4}, Tagged: true, Provider: "sdk",
		Type: registry.TypeBool, Details: []detail{{Name: "Value", Role: "value"}, {Name: "Off", Role: "negated", Key: 1}}, Callback: 2, CallbackWhen: true, Idle: true, IdleWhen: true,
		Kind: Evaluation, Prefixes: []string{"FF_"}, Via: []position{{"a.go", 1, 2}},
		Way: way{[]string{"(p.I).M"}, []guard{{param("", -1), "p.T", "M"}}},
	}
	flag := &value{Kind: kFlag, Flag: &flagValue{Eval: evaluation, Negated: true, Exact: true}}
	sum := &summary{
		Evals: []*eval{evaluation},
		Sets:  []*set{{Key: param("", 0), Value: param("", 1), Provider: "sdk", Setters: []string{"Set"}}},
		Calls: []*deferred{{Fn: param("", 1), Args: []*value{stringValue("k")}}},
		Results: []*value{flag, dynamic("why"), {Kind: kApplied, Elems: []*value{param("", 1), stringValue("k")}},
			{Kind: kCall, Text: "Key", Elems: []*value{param("", -1)}}},
		Effects: true,
	}
	held := &value{Kind: kStruct, Text: "p.T", Names: []string{"Name", "On", "List", "Map", "N", "F"}, Elems: []*value{
		stringValue("k"),
		{Kind: kFunc, Func: &funcValue{ID: "p@f.go:1:1", Sum: sum, Bound: &value{Kind: kStruct, Text: "p.U"}}},
		{Kind: kList, Elems: []*value{stringValue("a"), {Kind: kOneOf, Elems: []*value{stringValue("b"), stringValue("c")}}}},
		{Kind: kMap, Keys: []*value{stringValue("m")}, Elems: []*value{boolValue(true)}},
		constValue(constant.MakeInt64(-7)),
		constValue(constant.MakeFloat64(1.5)),
	}}
	for _, fact := range []analysis.Fact{
		&funcFact{sum}, &valueFact{held}, &keyFact{"sdk", []string{"FF_"}, "Default"}, &constFact{"sdk", false}, &implFact{[]impl{{"(p.I).M", sum}}},
	} {
		first := encode(t, fact)
		for range 10 {
			require.Equal(t, first, encode(t, fact), "%T", fact)
		}
		var again analysis.Fact
		require.NoError(t, gob.NewDecoder(bytes.NewReader(first)).Decode(&again))
		require.Equal(t, first, encode(t, again), "%T", fact)
		require.Equal(t, fact, again, "%T", fact)
	}
}

func encode(t *testing.T, fact analysis.Fact) []byte {
	t.Helper()
	gob.RegisterName("flagref."+typeOf(fact), fact)
	var b bytes.Buffer
	require.NoError(t, gob.NewEncoder(&b).Encode(&fact))
	return b.Bytes()
}

func typeOf(fact analysis.Fact) string {
	switch fact.(type) {
	case *funcFact:
		return "func"
	case *valueFact:
		return "value"
	case *keyFact:
		return "key"
	case *constFact:
		return "const"
	}
	return "impl"
}

func TestConstants(t *testing.T) {
	t.Parallel()
	for _, c := range []constant.Value{
		constant.MakeString("a\n\"b"), constant.MakeBool(true), constant.MakeBool(false), constant.MakeInt64(0), constant.MakeInt64(-12),
		constant.MakeUint64(1 << 63), constant.MakeFloat64(0.1), constant.MakeFloat64(-2.5),
	} {
		got := constValue(c).constant()
		require.NotNil(t, got, "%v", c)
		require.Equal(t, c.ExactString(), got.ExactString())
		require.Equal(t, c.Kind(), got.Kind(), "%v", c)
	}
}

func TestConcat(t *testing.T) {
	t.Parallel()
	one := oneOf([]*value{stringValue("a"), stringValue("b")})
	for _, c := range []struct {
		parts []*value
		want  string
	}{
		{[]*value{stringValue("a"), stringValue("b")}, `"ab"`},
		{[]*value{stringValue("a"), param("", 0), stringValue("b"), stringValue("c")}, `concat("a",$.0,"bc")`},
		{[]*value{stringValue("p."), one}, `one("p.a","p.b")`},
		{[]*value{one, stringValue(".s")}, `one("a.s","b.s")`},
		{[]*value{stringValue("a"), dynamic("x")}, `?`},
		{[]*value{stringValue("a"), boolValue(true)}, `?`},
	} {
		require.Equal(t, c.want, concat(c.parts...).String())
	}
}
