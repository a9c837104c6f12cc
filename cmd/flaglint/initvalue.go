package main

import (
	"go/ast"
	"go/constant"
	"go/types"
	"math"
	"regexp"
	"strconv"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
)

// typeOf is the type of a flag whose fallback is v.
func typeOf(v constant.Value) registry.Type {
	switch v.Kind() {
	case constant.Bool:
		return registry.TypeBool
	case constant.String:
		return registry.TypeString
	case constant.Int:
		return registry.TypeInt
	case constant.Float:
		return registry.TypeFloat
	}
	return registry.TypeUnknown
}

// typeAt is the type of what an evaluation yields where it stands: a helper that
// parses the text of a variable yields a bool.
func typeAt(info *types.Info, ref *flagref.Reference) registry.Type {
	x, ok := ref.Node.(ast.Expr)
	if !ok || info == nil || ref.Shape.Func {
		return registry.TypeUnknown
	}
	t := info.TypeOf(x)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > max(0, ref.Shape.Result) {
		t = tuple.At(max(0, ref.Shape.Result)).Type()
	}
	if t == nil {
		return registry.TypeUnknown
	}
	switch got := provider.ValueType(t); got {
	case registry.TypeBool, registry.TypeString, registry.TypeInt, registry.TypeFloat:
		return got
	}
	return registry.TypeUnknown // a struct that tells more than the value
}

// asType is the constant as a value of a flag's type: settings give their fallbacks
// as texts ("false" in a struct tag). Nil: it is no such value.
func asType(v constant.Value, t registry.Type) constant.Value {
	if v.Kind() == constant.String && t != registry.TypeString {
		text := constant.StringVal(v)
		switch t {
		case registry.TypeBool:
			if b, err := strconv.ParseBool(text); err == nil {
				return constant.MakeBool(b)
			}
		case registry.TypeInt:
			if i, err := strconv.ParseInt(text, 10, 64); err == nil {
				return constant.MakeInt64(i)
			}
		case registry.TypeFloat:
			if f, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
				return constant.MakeFloat64(f)
			}
		case registry.TypeJSON:
			return v
		}
		return nil
	}
	switch got := typeOf(v); {
	case got == t || t == registry.TypeJSON || got == registry.TypeInt && t == registry.TypeFloat:
		return v
	case got == registry.TypeFloat && t == registry.TypeInt:
		if i := constant.ToInt(v); i.Kind() == constant.Int {
			return i
		}
	}
	return nil
}

// yamlConstant renders a constant as flags.yaml takes it; empty: it cannot.
func yamlConstant(v constant.Value) string {
	switch v.Kind() {
	case constant.Bool:
		return v.ExactString()
	case constant.String:
		return strconv.Quote(constant.StringVal(v))
	case constant.Int:
		if i, ok := constant.Int64Val(v); ok {
			return strconv.FormatInt(i, 10)
		}
	case constant.Float:
		f, _ := constant.Float64Val(v)
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return ""
}

// plain are the texts that YAML takes for strings without quotes, whatever the
// reader: words that begin with a letter and are none of its other scalars.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)

var scalars = regexp.MustCompile(`(?i)^(y|yes|n|no|true|false|on|off|null|inf|nan)$`)

func yamlString(s string) string {
	if plain.MatchString(s) && !scalars.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}
