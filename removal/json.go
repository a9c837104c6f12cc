package removal

import (
	"encoding/json"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// jsonLiteral is the value of a JSON flag: an object or an array as encoding/json
// decodes it. It has a literal, but is no constant: nothing is folded by it, and each
// evaluation gives a value of its own, as an SDK's does.
type jsonLiteral struct {
	v any // map[string]any or []any
}

// ldvaluePaths are the packages whose type Value holds any JSON value, and that read
// one by Parse (LaunchDarkly's go-sdk-common: https://pkg.go.dev/github.com/launchdarkly/go-sdk-common/v3/ldvalue).
var ldvaluePaths = []string{
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue",
	"gopkg.in/launchdarkly/go-sdk-common.v2/ldvalue",
}

// jsonAs is the seed's value as an evaluation of type t returns it; nil where the
// value is no JSON object or array, or no literal of type t is that value.
func (s *seed) jsonAs(t types.Type) *jsonLiteral {
	if t == nil || s.c != nil {
		return nil
	}
	v := s.v.Any()
	if isLDValue(t) {
		return &jsonLiteral{v}
	}
	_, object := v.(map[string]any)
	_, array := v.([]any)
	switch u := t.Underlying().(type) {
	case *types.Interface:
		if u.NumMethods() == 0 && (object || array) {
			return &jsonLiteral{v}
		}
	case *types.Map:
		if object && types.Identical(u, jsonType(v)) {
			return &jsonLiteral{v}
		}
	case *types.Slice:
		if array && types.Identical(u, jsonType(v)) {
			return &jsonLiteral{v}
		}
	}
	return nil
}

func isLDValue(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Value" && named.Obj().Pkg() != nil && slices.Contains(ldvaluePaths, named.Obj().Pkg().Path())
}

// jsonType is the type that encoding/json gives an object or an array.
func jsonType(v any) types.Type {
	empty := types.NewInterfaceType(nil, nil)
	if _, ok := v.(map[string]any); ok {
		return types.NewMap(types.Typ[types.String], empty)
	}
	return types.NewSlice(empty)
}

// jsonText renders a JSON flag's value as an expression of type t; typed tells that
// the place where it stands takes any value that is assignable to t.
func (m *emitter) jsonText(j *jsonLiteral, t types.Type, typed bool) string {
	if isLDValue(t) {
		text, err := json.Marshal(j.v)
		if err != nil {
			return "" // decoded JSON can always be encoded
		}
		quoted := "`" + string(text) + "`"
		if strings.Contains(string(text), "`") {
			quoted = strconv.Quote(string(text))
		}
		return strings.TrimSuffix(m.typeName(t), "Value") + "Parse([]byte(" + quoted + "))"
	}
	if !isInterface(t) {
		return m.typeName(t) + jsonBraces(j.v)
	}
	text := jsonGo(j.v)
	if typed {
		return text
	}
	return m.typeName(t) + "(" + text + ")"
}

// jsonGo renders decoded JSON as Go; its numbers are float64, as encoding/json makes
// them.
func jsonGo(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return strconv.Quote(v)
	case float64:
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if !strings.ContainsAny(text, ".e") {
			text += ".0"
		}
		return text
	case map[string]any:
		return "map[string]any" + jsonBraces(v)
	}
	return "[]any" + jsonBraces(v)
}

// jsonBraces renders the elements of an object, by key, or of an array.
func jsonBraces(v any) string {
	var parts []string
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, strconv.Quote(k)+": "+jsonGo(v[k]))
		}
	case []any:
		for _, el := range v {
			parts = append(parts, jsonGo(el))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// jsonPlace reports whether the place of x takes any value that is assignable to
// x's type, and gives it no other type.
func (m *emitter) jsonPlace(x ast.Expr) bool {
	child, p := m.e.x.place(x)
	switch p := p.(type) {
	case *ast.ReturnStmt, *ast.KeyValueExpr, *ast.CompositeLit, *ast.SendStmt:
		return true
	case *ast.AssignStmt:
		return p.Tok == token.ASSIGN && !slices.ContainsFunc(p.Lhs, func(l ast.Expr) bool { return ast.Node(l) == child })
	case *ast.ValueSpec:
		return p.Type != nil
	case *ast.CallExpr:
		fn := m.e.x.callee(p)
		return ast.Node(p.Fun) != child && (fn != nil && fn.Signature().TypeParams().Len() == 0 || m.e.isConversion(p))
	}
	return false
}
