package provider

import (
	"go/types"
	"strings"
)

// override holds a row against the package.
func (c *checker) override(o Override) {
	if o.Type != "" {
		c.typ(o.Type)
		c.literal(o.Type, "key", &o.Key)
		c.literal(o.Type, "value", o.Value)
		return
	}
	c.fn(o.Name, func(sig *types.Signature) {
		c.arg(o.Name, "key", &o.Key, sig)
		c.arg(o.Name, "value", o.Value, sig)
	})
	for _, f := range o.Apply {
		c.fn(f, nil)
	}
}

// object holds a row against the package.
func (c *checker) object(o Object) {
	if o.Type != "" {
		c.typ(o.Type)
		for what, a := range o.parts() {
			c.literal(o.Type, what, a)
		}
	} else {
		c.fn(o.Declare, func(sig *types.Signature) {
			for what, a := range o.parts() {
				c.arg(o.Declare, what, a, sig)
			}
			if o.Into == nil {
				c.result(o.Declare, "the flag", new(int), sig)
			}
		})
	}
	for _, e := range o.Evaluate {
		c.fn(e.Name, func(sig *types.Signature) {
			if e.Flag != nil {
				c.arg(e.Name, "flag", &Arg{Index: *e.Flag}, sig)
			}
			c.arg(e.Name, "default", e.Default, sig)
			if !e.Mention {
				c.result(e.Name, "value", &e.Value, sig)
			}
			c.result(e.Name, "error", e.Error, sig)
			c.result(e.Name, "found", e.Found, sig)
			c.details(e.Name, e.Details, e.Value, false, sig)
		})
	}
	for _, opt := range o.Options {
		c.fn(opt.Name, nil)
	}
}

// parts are the arguments or fields that a row of an object names; Version is
// left out, since a copy of Kubernetes' package may lack it.
func (o *Object) parts() map[string]*Arg {
	parts := map[string]*Arg{"default": o.Default, "stage": o.Stage, "lock": o.Lock}
	if o.Into != nil {
		parts["into"] = o.Into
	}
	if !o.Contained && !o.MapKey {
		parts["key"] = &o.Key
	}
	for name, a := range o.Meta {
		parts[name] = &a
	}
	return parts
}

// literal holds a field of a literal's type against the package.
func (c *checker) literal(name, what string, a *Arg) {
	if a == nil || a.Field == "" {
		return
	}
	names, err := c.spec.names(name)
	if err != nil {
		return
	}
	for _, full := range names {
		path, typ, err := parseType(full)
		if err != nil || !c.here(path) {
			continue
		}
		if tn, ok := c.pkg.Scope().Lookup(typ).(*types.TypeName); ok {
			c.field(name, what, tn.Type(), a.Field)
		}
	}
}

// field follows a path of fields, through pointers, slices and maps. What an
// interface or a type parameter holds is not known, and not refused.
func (c *checker) field(name, what string, t types.Type, path string) {
	for elem := range strings.SplitSeq(path, ".") {
		t = element(t)
		if types.IsInterface(t) {
			return
		}
		obj, _, _ := types.LookupFieldOrMethod(t, true, c.pkg, elem)
		f, ok := obj.(*types.Var)
		if !ok {
			c.errorf(name, "%s: %s has no field %s (for %s)", name, types.TypeString(t, (*types.Package).Name), elem, what)
			return
		}
		t = f.Type()
	}
}

// element sees through pointers, slices and maps.
func element(t types.Type) types.Type {
	for {
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		default:
			return t
		}
	}
}

// details holds the fields and methods of a detail struct against the result
// that is one.
func (c *checker) details(name string, details map[string]Detail, value int, inMap bool, sig *types.Signature) {
	if len(details) == 0 || value < 0 || value >= sig.Results().Len() {
		return
	}
	t := sig.Results().At(value).Type()
	if inMap {
		t = element(t)
	}
	for field := range details {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, c.pkg, field); obj == nil {
			c.errorf(name, "%s: %s has no field or method %s (named in details)", name, types.TypeString(t, (*types.Package).Name), field)
		}
	}
}
