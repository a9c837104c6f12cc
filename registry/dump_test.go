package registry_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// dump renders everything that a registry knows, a line a field.
func dump(reg *registry.Registry) string {
	var b strings.Builder
	for _, f := range reg.Flags() {
		fmt.Fprintf(&b, "%s %q %s\n", f.Source, f.Key, f.Format)
		line := func(name string, value any, given bool) {
			if pos, ok := f.Fields[name]; ok || given {
				fmt.Fprintf(&b, "  %s %s = %v\n", pos, name, value)
			}
		}
		line("type", f.Type, true)
		line("variants", values(f.Variants), len(f.Variants) > 0)
		line("default", value(f.Default), f.Default != nil)
		line("kind", f.Kind, f.Kind != "")
		line("state", f.State, f.State != "")
		line("value", value(f.Value), f.Value != nil)
		line("since", f.Since, !f.Since.IsZero())
		line("description", fmt.Sprintf("%q", f.Description), f.Description != "")
		line("owner", f.Owner, f.Owner != "")
		line("created", f.Created, !f.Created.IsZero())
		line("expires", f.Expires, !f.Expires.IsZero())
		line("issue", f.Issue, f.Issue != "")
		line("tags", f.Tags, len(f.Tags) > 0)
		line("requires", f.Requires, len(f.Requires) > 0)
	}
	return b.String()
}

func value(v *registry.Value) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprintf("%s(%s)", v.Type(), v)
}

func values(vs []registry.Value) string {
	var texts []string
	for v := range slices.Values(vs) {
		texts = append(texts, value(&v))
	}
	return strings.Join(texts, " ")
}
