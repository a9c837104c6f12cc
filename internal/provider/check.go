package provider

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
)

// Check reports what the specs say of pkg that is not so: a name that it lacks, a
// method that another type declares, an argument or result that the function
// does not have. Of the built-in specs nothing is reported: their names are those
// of several versions of a module. pkg must have been type-checked from source,
// or read from export data as a direct import; the errors are in the order of
// the specs.
func (s *Set) Check(pkg *types.Package) []error {
	if pkg == nil || s.place(pkg.Path()) == nil {
		return nil
	}
	var errs []error
	for _, spec := range s.specs {
		if !spec.builtin {
			errs = append(errs, spec.check(pkg)...)
		}
	}
	return errs
}

// check reports what the spec says of pkg that is not so.
func (s *Spec) check(pkg *types.Package) []error {
	c := checker{spec: s, pkg: pkg}
	c.rows()
	// the rows of maps come in no order
	slices.SortStableFunc(c.errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return c.errs
}

// rows holds every row of the spec against the package.
func (c *checker) rows() {
	s, major := c.spec, c.major()
	for _, f := range s.Functions {
		if !within(major, f.Since, f.Until) {
			continue
		}
		c.fn(f.Name, func(sig *types.Signature) {
			if !f.Dynamic {
				c.arg(f.Name, "key", &f.Key, sig)
			}
			c.arg(f.Name, "default", f.Default, sig)
			c.arg(f.Name, "param", f.Param, sig)
			if !f.Mention {
				c.result(f.Name, "value", &f.Value, sig)
			}
			c.result(f.Name, "error", f.Error, sig)
			c.result(f.Name, "found", f.Found, sig)
			c.result(f.Name, "detail", f.Detail, sig)
			c.details(f.Name, f.Details, f.Value, f.Map, sig)
			if f.Callback != nil {
				c.arg(f.Name, "callback", &Arg{Index: f.Callback.Arg}, sig)
			}
		})
		for _, o := range f.Option {
			c.fn(o, nil)
		}
	}
	for _, o := range s.Overrides {
		if within(major, o.Since, o.Until) {
			c.override(o)
		}
	}
	for _, o := range s.Objects {
		c.object(o)
	}
	for _, d := range s.Declarations {
		c.fn(d.Name, func(sig *types.Signature) {
			c.arg(d.Name, "key", &d.Key, sig)
			c.arg(d.Name, "default", d.Default, sig)
		})
	}
	for _, k := range s.Containers {
		c.fn(k.Register, func(sig *types.Signature) {
			c.arg(k.Register, "namespace", k.Namespace, sig)
			c.arg(k.Register, "arg", &Arg{Index: k.Arg}, sig)
		})
		c.typ(k.Holds)
	}
	for _, d := range s.Decoders {
		c.fn(d.Name, func(sig *types.Signature) {
			c.arg(d.Name, "into", d.Into, sig)
			c.arg(d.Name, "prefix", d.Prefix, sig)
		})
	}
	for _, d := range s.Scopes {
		c.fn(d.Name, func(sig *types.Signature) { c.arg(d.Name, "key", &d.Key, sig) })
	}
	for _, f := range s.Fields {
		c.typ(f.Type)
	}
	for _, v := range slices.Concat(s.Lookups, s.Contains) {
		c.variable(v)
	}
}

// checker holds the names of one spec against one package.
type checker struct {
	spec *Spec
	pkg  *types.Package
	errs []error
	// seen, if not nil, is told each name that was found; a name that is not is no
	// error then, as another version of the module may have it.
	seen func(name string)
}

// major is the major version of the module that the package is of.
func (c *checker) major() int {
	for _, m := range c.spec.Modules {
		if _, major, ok := stripVersion(c.pkg.Path(), trimVersion(m)); ok {
			return major
		}
	}
	return 1
}

// missing records a name that is not there.
func (c *checker) missing(name, format string, args ...any) {
	if c.seen == nil {
		c.errorf(name, format, args...)
	}
}

func (c *checker) errorf(text, format string, args ...any) {
	c.errs = append(c.errs, c.spec.errorAt(text, format, args...))
}

// here reports whether path, as the spec writes it, is that of the package.
func (c *checker) here(path string) bool {
	if path == c.pkg.Path() {
		return true
	}
	for _, m := range c.spec.Modules {
		m = trimVersion(m)
		want, _, ok := stripVersion(path, m)
		got, _, ok2 := stripVersion(c.pkg.Path(), m)
		if ok && ok2 && want == got {
			return true
		}
	}
	return false
}

// fn finds the functions that name stands for, and lets then look at them.
func (c *checker) fn(name string, then func(*types.Signature)) {
	names, err := c.spec.names(name)
	if err != nil {
		return // NewSet has told
	}
	for _, full := range names {
		path, m, err := parseFunc(full)
		if err != nil || !c.here(path) {
			continue
		}
		fn, why := find(c.pkg, m)
		if fn == nil {
			c.missing(name, "%s: %s", full, why)
			continue
		}
		if c.seen != nil {
			c.seen(full)
		}
		if then != nil {
			then(fn.Signature())
		}
	}
}

// find finds a function or method, or says why there is none.
func find(pkg *types.Package, m member) (*types.Func, string) {
	if m.recv == "" {
		obj := pkg.Scope().Lookup(m.name)
		if fn, ok := obj.(*types.Func); ok {
			return fn, ""
		}
		if obj != nil {
			return nil, fmt.Sprintf("%s is no function (it is a %s)", m.name, kindOf(obj))
		}
		return nil, fmt.Sprintf("package %s has no function %s (correct the name)", pkg.Path(), m.name)
	}
	tn, ok := pkg.Scope().Lookup(m.recv).(*types.TypeName)
	if !ok {
		return nil, fmt.Sprintf("package %s has no type %s (correct the name)", pkg.Path(), m.recv)
	}
	obj, _, _ := types.LookupFieldOrMethod(tn.Type(), true, pkg, m.name)
	fn, ok := obj.(*types.Func)
	if !ok {
		return nil, fmt.Sprintf("type %s has no method %s (correct the name)", m.recv, m.name)
	}
	got, ok := memberOf(fn.Origin())
	if !ok {
		return nil, fmt.Sprintf("%s of %s is declared by an interface without a name", m.name, m.recv)
	}
	if got != m || fn.Pkg() != pkg {
		return nil, fmt.Sprintf("the method is declared as %s (write it so)", got.in(fn.Pkg().Path()))
	}
	return fn, ""
}

func kindOf(obj types.Object) string {
	switch obj.(type) {
	case *types.TypeName:
		return "type"
	case *types.Var:
		return "variable"
	case *types.Const:
		return "constant"
	}
	return "name"
}

// typ finds the types that name stands for.
func (c *checker) typ(name string) {
	names, err := c.spec.names(name)
	if err != nil || name == "" {
		return
	}
	for _, full := range names {
		path, typ, err := parseType(full)
		if err != nil || !c.here(path) {
			continue
		}
		switch obj := c.pkg.Scope().Lookup(typ).(type) {
		case *types.TypeName:
			if c.seen != nil {
				c.seen(full)
			}
		case nil:
			c.missing(name, "package %s has no type %s (correct the name)", c.pkg.Path(), typ)
		default:
			c.errorf(name, "%s is no type (it is a %s)", full, kindOf(obj))
		}
	}
}

// variable finds a variable or field.
func (c *checker) variable(name string) {
	names, err := c.spec.names(name)
	if err != nil {
		return
	}
	for _, full := range names {
		path, v, err := parseType(full)
		if err != nil {
			continue
		}
		if c.here(path) {
			if _, ok := c.pkg.Scope().Lookup(v).(*types.Var); !ok {
				c.errorf(name, "package %s has no variable %s (correct the name)", path, v)
			}
			continue
		}
		pkg, typ, err := parseType(path)
		if err != nil || !c.here(pkg) {
			continue
		}
		tn, ok := c.pkg.Scope().Lookup(typ).(*types.TypeName)
		if !ok {
			c.errorf(name, "package %s has no type %s (correct the name)", pkg, typ)
			continue
		}
		obj, _, _ := types.LookupFieldOrMethod(tn.Type(), true, c.pkg, v)
		if f, ok := obj.(*types.Var); !ok || !f.IsField() {
			c.errorf(name, "type %s has no field %s (correct the name)", typ, v)
		}
	}
}

func (c *checker) arg(name, what string, a *Arg, sig *types.Signature) {
	if a == nil {
		return
	}
	n := sig.Params().Len()
	if a.Index < 0 {
		if sig.Recv() == nil {
			c.errorf(name, "%s: %s means the receiver, and there is none", name, what)
		}
		return
	}
	if a.Index >= n {
		c.errorf(name, "%s has no argument %d for %s (it takes %d; the first is 0)", name, a.Index, what, n)
		return
	}
	t := sig.Params().At(a.Index).Type()
	switch {
	case a.Field != "":
		c.field(name, what, t, a.Field)
	case what == "key" && !canBeKey(t):
		c.errorf(name, "%s: argument %d, named as the key, is a %s and can be none (the first argument is 0, the receiver not counted)",
			name, a.Index, types.TypeString(t, (*types.Package).Name))
	}
}

// canBeKey reports whether an argument of type t may be a key, or a list or map
// of keys. Of interfaces and structs only a context is known not to be one.
func canBeKey(t types.Type) bool {
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0 || u.Kind() == types.Invalid || EnumText(t) != nil
	case *types.Signature, *types.Chan:
		return false
	}
	return true
}

// EnumText is the method by which values of an enumeration, a named type of integers, are
// texts; nil where t is none.
func EnumText(t types.Type) *types.Func {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil
	}
	if b, ok := named.Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
		return nil
	}
	for m := range named.Methods() {
		if sig := m.Signature(); m.Name() == "String" && sig.Params().Len() == 0 && sig.Results().Len() == 1 &&
			types.Identical(sig.Results().At(0).Type(), types.Typ[types.String]) {
			return m
		}
	}
	return nil
}

func (c *checker) result(name, what string, i *int, sig *types.Signature) {
	if n := sig.Results().Len(); i != nil && *i >= n {
		c.errorf(name, "%s has no result %d for %s (it gives %d; the first is 0)", name, *i, what, n)
	}
}
