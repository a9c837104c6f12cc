package flagref

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
)

// builtinSummary turns what the providers know of a function into a summary, so
// that an SDK call and the call of a wrapper are one thing. Nil: nothing is known.
func (p *state) builtinSummary(fn *types.Func) *summary {
	sig := fn.Signature()
	s := &summary{}
	known := false
	if m, ok := p.set.Function(fn); ok {
		p.functionRow(s, sig, m)
		known = true
	}
	if m, ok := p.set.Evaluate(fn); ok {
		p.evaluateRow(s, sig, m)
		known = true
	}
	if m, ok := p.set.Declare(fn); ok {
		p.declareRow(s, sig, m)
		known = true
	}
	if m, ok := p.set.Declaration(fn); ok {
		e := &eval{Kind: Declaration, Key: p.arg(m.Row.Key), Provider: m.Spec.Name, Prefixes: m.Spec.Prefixes}
		if d := m.Row.Default; d != nil && d.Index != m.Row.Key.Index {
			e.Default = p.arg(*d)
		}
		s.Evals = append(s.Evals, e)
		known = true
	}
	if m, ok := p.set.Override(fn); ok {
		p.overrideRow(s, sig, m)
		known = true
	}
	if p.set.IsOption(fn) {
		setResult(s, sig, 0, &value{Kind: kStruct, Text: "#option", Names: []string{defaultField}, Elems: []*value{param("", 0)}})
		known = true
	}
	if !known || isNamed(fn, "errors", "New") {
		return nil
	}
	return s
}

// arg is the value of a part of a call, in terms of the callee's parameters.
func (p *state) arg(a provider.Arg) *value {
	v := param("", a.Index)
	if a.Field != "" {
		for name := range strings.SplitSeq(a.Field, ".") {
			v = p.field(v, name)
		}
	}
	return v
}

// keyArg is the argument that is the key: of an enumeration, what its String method gives.
func (p *state) keyArg(sig *types.Signature, a provider.Arg) *value {
	v := p.arg(a)
	if a.Field != "" || a.Index < 0 || a.Index >= sig.Params().Len() {
		return v
	}
	method := provider.EnumText(sig.Params().At(a.Index).Type())
	if method == nil {
		return v
	}
	sum := p.summaryOf(method)
	if sum == nil || len(sum.Results) != 1 {
		return dynamic("the key is what a String method computes")
	}
	return p.subst(sum.Results[0], binding{"", func(int) *value { return v }})
}

func (p *state) optArg(a *provider.Arg) *value {
	if a == nil {
		return nil
	}
	return p.arg(*a)
}

func (p *state) functionRow(s *summary, sig *types.Signature, m provider.Match[provider.Function]) {
	row := m.Row
	e := &eval{
		Kind:     Evaluation,
		Key:      p.keyArg(sig, row.Key),
		List:     row.Keys,
		Sub:      p.optArg(row.Param),
		Default:  p.optArg(row.Default),
		Provider: m.Spec.Name,
		Type:     row.Type,
		Details:  details(row.Details),
		Prefixes: m.Spec.PrefixesOf(row.Named),
		Sentinel: row.Sentinel,
		Whole:    row.Dynamic,
	}
	if row.Key.Index == provider.ReceiverArg && row.Key.Field == "" {
		e.Key = p.field(param("", -1), keyField)
	}
	if row.Dynamic {
		e.Key = dynamic("the call reads every flag")
	}
	if row.Mention {
		e.Kind = Mention
	}
	if len(row.Option) > 0 && sig.Variadic() {
		e.Default = p.field(param("", sig.Params().Len()-1), defaultField)
	}
	s.Evals = append(s.Evals, e)
	if row.Mention {
		return
	}
	p.yield(s, sig, e, yields{row.Value, row.Error, row.Found, row.Negated, row.Callback, "", row.Map, row.Text})
	if row.Detail != nil && *row.Detail < len(s.Results) {
		s.Results[*row.Detail] = &value{Kind: kFlag, Flag: &flagValue{Eval: e, Role: "other", Exact: true}}
	}
}

func (p *state) evaluateRow(s *summary, sig *types.Signature, m provider.Match[provider.Evaluate]) {
	row := m.Row
	object := param("", -1)
	if row.Flag != nil {
		object = param("", *row.Flag)
	}
	e := &eval{
		Kind:     Evaluation,
		Key:      p.field(object, keyField),
		Default:  p.optArg(row.Default),
		Provider: m.Spec.Name,
		Type:     row.Type,
		Details:  details(row.Details),
		Prefixes: m.Spec.Prefixes,
	}
	if e.Default == nil {
		e.Default = p.field(object, defaultField)
	}
	if row.Mention {
		e.Kind = Mention
	}
	for i := range m.Spec.Objects {
		if o := &m.Spec.Objects[i]; o.Only != "" && slices.ContainsFunc(o.Evaluate, func(ev provider.Evaluate) bool { return ev.Name == row.Name }) {
			e.Only = o.Only
		}
	}
	s.Evals = append(s.Evals, e)
	p.yield(s, sig, e, yields{row.Value, row.Error, row.Found, row.Negated, row.Callback, row.Returns, false, false})
}

// yields tells how an evaluation's value leaves its call.
type yields struct {
	value    int
	err      *int
	found    *int
	negated  bool
	callback *provider.Callback
	returns  string
	mapped   bool // the value is a map from key to value
	text     bool // the value is text, whatever the flag's type
}

// yield sets the results of a function that evaluates e.
func (p *state) yield(s *summary, sig *types.Signature, e *eval, y yields) {
	if y.callback != nil {
		e.Callback, e.CallbackWhen = y.callback.Arg+1, y.callback.When
	}
	f := &flagValue{Eval: e, Negated: y.negated, Exact: true}
	switch {
	case y.mapped:
		f.Role = "map"
	case len(e.Details) > 0:
		f.Role = "details"
	}
	if e.Kind == Mention {
		// What tells a flag's name and is a string is the key: Gate.ID.
		if y.value >= 0 && y.value < sig.Results().Len() && isString(sig.Results().At(y.value).Type()) {
			setResult(s, sig, y.value, e.Key)
		}
		return
	}
	v := &value{Kind: kFlag, Flag: f}
	if y.value >= 0 && y.value < sig.Results().Len() {
		t := sig.Results().At(y.value).Type()
		if y.returns == "func" {
			if fn, ok := t.Underlying().(*types.Signature); ok && fn.Results().Len() > 0 {
				t = fn.Results().At(0).Type()
			}
			inner := *e
			v = &value{Kind: kFunc, Func: &funcValue{ID: "#returned", Sum: &summary{Evals: []*eval{&inner}, Results: []*value{v}}}}
		}
		if m, ok := t.Underlying().(*types.Map); ok && y.mapped {
			t = m.Elem()
		}
		if e.Type == registry.TypeUnknown && len(e.Details) == 0 && !y.text {
			e.Type = provider.ValueType(t)
		}
	}
	setResult(s, sig, y.value, v)
	if y.found != nil {
		setResult(s, sig, *y.found, &value{Kind: kFlag, Flag: &flagValue{Eval: e, Role: "found", Exact: true}})
	}
	if y.err != nil {
		setResult(s, sig, *y.err, &value{Kind: kFlag, Flag: &flagValue{Eval: e, Role: "error", Exact: true}})
	}
}

// setResult sets result i, where the signature has it.
func setResult(s *summary, sig *types.Signature, i int, v *value) {
	for len(s.Results) < sig.Results().Len() {
		s.Results = append(s.Results, dynamic("the result of a call"))
	}
	if i >= 0 && i < len(s.Results) {
		s.Results[i] = v
	}
}

func (p *state) declareRow(s *summary, sig *types.Signature, m provider.Match[provider.Object]) {
	row := m.Row
	object := &value{Kind: kStruct}
	if sig.Results().Len() > 0 {
		object.Text = typeName(sig.Results().At(0).Type())
	}
	e := &eval{Kind: Declaration, Key: p.arg(row.Key), Default: p.optArg(row.Default), Provider: m.Spec.Name, Prefixes: m.Spec.PrefixesOf(row.Named)}
	if !row.Contained {
		s.Evals = append(s.Evals, e)
		object.Names = append(object.Names, keyField)
		object.Elems = append(object.Elems, e.Key)
	}
	if row.Default != nil {
		object.Names = append(object.Names, defaultField)
		object.Elems = append(object.Elems, e.Default)
	}
	switch {
	case row.Into != nil:
	case row.Pointer:
		v := *e
		v.Kind, v.Inline, v.Pointer = Evaluation, true, true
		if ptr, ok := sig.Results().At(0).Type().Underlying().(*types.Pointer); ok {
			v.Type = provider.ValueType(ptr.Elem())
		}
		setResult(s, sig, 0, &value{Kind: kFlag, Flag: &flagValue{Eval: &v, Exact: true}})
	default:
		setResult(s, sig, 0, object)
	}
}

func (p *state) overrideRow(s *summary, sig *types.Signature, m provider.Match[provider.Override]) {
	row := m.Row
	o := &set{
		Key:      p.keyArg(sig, row.Key),
		Provider: m.Spec.Name,
		Prefixes: m.Spec.Prefixes,
		Pairs:    row.Pairs,
		Setters:  row.Setters,
		Apply:    row.Apply,
		Variants: row.Variants,
		Address:  row.Address,
	}
	switch {
	case row.Value != nil && row.Value.Index == row.Key.Index && row.Key.Field == "":
		o.Spread, o.SpreadField = true, row.Value.Field
	case row.Value != nil:
		o.Value = p.arg(*row.Value)
	}
	switch x := row.Set.(type) {
	case bool:
		o.Value = boolValue(x)
	case string:
		o.Value = stringValue(x)
	case int:
		o.Value = constValue(constant.MakeInt64(int64(x)))
	case uint64:
		o.Value = constValue(constant.MakeUint64(x))
	case int64:
		o.Value = constValue(constant.MakeInt64(x))
	}
	s.Sets = append(s.Sets, o)
}

// details lists the roles of a details struct, sorted: facts must not depend on
// the order of a map.
func details(m map[string]provider.Detail) []detail {
	var out []detail
	for name, d := range m {
		r := detail{Name: name, Role: d.Role}
		if d.Key != nil {
			r.Key = d.Key.Index + 1
		}
		if d.Default != nil {
			r.Default = d.Default.Index + 1
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b detail) int { return strings.Compare(a.Name, b.Name) })
	return out
}
