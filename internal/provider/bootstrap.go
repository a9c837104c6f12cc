package provider

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// UnmarshalYAML takes a number, or a mapping of arg and field.
func (a *Arg) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&a.Index) == nil {
		return nil
	}
	var m struct {
		Arg   *int   `yaml:"arg"`
		Field string `yaml:"field"`
	}
	if err := unmarshal(&m); err != nil {
		return err
	}
	a.Index, a.Field = ReceiverArg, m.Field
	if m.Arg != nil {
		a.Index = *m.Arg
	}
	return nil
}

// UnmarshalYAML takes a name, or a mapping.
func (e *Evaluate) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&e.Name) == nil {
		return nil
	}
	type plain Evaluate
	return unmarshal((*plain)(e))
}

// UnmarshalYAML takes a role, or a mapping.
func (d *Detail) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&d.Role) == nil {
		return nil
	}
	type plain Detail
	return unmarshal((*plain)(d))
}

// UnmarshalYAML takes a pattern, or a mapping that names a field.
func (n *EnvName) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&n.Pattern) == nil {
		return nil
	}
	type plain EnvName
	return unmarshal((*plain)(n))
}

// decode reads one data file.
func decode(name string, data []byte) (Spec, error) {
	var s Spec
	if err := yaml.UnmarshalWithOptions(data, &s, yaml.Strict()); err != nil {
		return s, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}
