package registry

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Value is a flag's value: a bool, string, int64, float64, or (TypeJSON) what
// encoding/json decodes. The zero Value is JSON null.
type Value struct {
	v any
}

// Bool, String, Int, Float and JSON make values.
func Bool(b bool) Value     { return Value{b} }
func String(s string) Value { return Value{s} }
func Int(i int64) Value     { return Value{i} }
func Float(f float64) Value { return Value{f} }
func JSON(v any) Value      { return Value{v} }

// Any returns the value as a bool, string, int64, float64, map[string]any,
// []any or nil.
func (v Value) Any() any { return v.v }

// Type returns the narrowest flag type that the value has.
func (v Value) Type() Type {
	switch v.v.(type) {
	case bool:
		return TypeBool
	case string:
		return TypeString
	case int64:
		return TypeInt
	case float64:
		return TypeFloat
	}
	return TypeJSON
}

// String renders the value as `flaglint remove` takes it: a string without
// quotes, JSON in one line.
func (v Value) String() string {
	switch x := v.v.(type) {
	case bool:
		return strconv.FormatBool(x)
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	b, err := json.Marshal(v.v)
	if err != nil {
		return fmt.Sprint(v.v)
	}
	return string(b)
}

// Equal reports whether both are the same value; an int and a float that are
// numerically equal are.
func (v Value) Equal(w Value) bool {
	if vi, ok := v.v.(int64); ok {
		if wf, ok := w.v.(float64); ok {
			return float64(vi) == wf
		}
	}
	if vf, ok := v.v.(float64); ok {
		if wi, ok := w.v.(int64); ok {
			return vf == float64(wi)
		}
	}
	return v.Type() == w.Type() && v.String() == w.String()
}

// ParseValue reads text as a value of type t; TypeUnknown takes the first of
// bool, int, float, JSON object or array, string that fits. It refuses text that is no t.
func ParseValue(t Type, text string) (Value, error) {
	switch t {
	case TypeBool:
		if text == "true" || text == "false" {
			return Bool(text == "true"), nil
		}
		return Value{}, fmt.Errorf("%q is no bool (want true or false)", text)
	case TypeString:
		return String(text), nil
	case TypeInt:
		i, err := strconv.ParseInt(text, 0, 64)
		if err != nil {
			return Value{}, fmt.Errorf("%q is no int", text)
		}
		return Int(i), nil
	case TypeFloat:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return Value{}, fmt.Errorf("%q is no float", text)
		}
		return Float(f), nil
	case TypeJSON:
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return Value{}, fmt.Errorf("%q is no JSON: %w", text, err)
		}
		return JSON(v), nil
	}
	for _, t := range []Type{TypeBool, TypeInt, TypeFloat} {
		if v, err := ParseValue(t, text); err == nil {
			return v, nil
		}
	}
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if v, err := ParseValue(TypeJSON, text); err == nil {
			return v, nil
		}
	}
	return String(text), nil
}
