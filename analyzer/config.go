package analyzer

import (
	"errors"
	"fmt"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// Config is all that a Suite works from.
type Config struct {
	// Registry holds the flags; nil: there is none, and the rules that need one
	// do not run.
	Registry *registry.Registry
	// Specs are the flag systems: the built-in ones and the configured ones.
	Specs []provider.Spec
	// Today decides what is expired, stale and expiring. Where it is zero, no
	// rule finds anything by date.
	Today registry.Date
	// NextVersion is the module's next release (v2.3.0), which expiry versions
	// are held against; empty: not known.
	NextVersion string
	// Rules holds the settings of rules, by name.
	Rules map[string]RuleConfig
	// Only, where not empty, names the only rules to run; it turns on rules that
	// are off by default.
	Only []string
	// MinSeverity turns off the rules below it that neither Only names nor Rules
	// gives a severity; zero: none.
	MinSeverity Severity
	// NoRelated leaves other places out of diagnostics, for drivers that show each
	// as a finding of its own (golangci-lint). Findings have them all the same.
	NoRelated bool
	// OnlySafe leaves unsafe fixes out of diagnostics, for drivers that apply what
	// they are given without asking (go vet -fix, golangci-lint --fix). Findings have
	// them all the same.
	OnlySafe bool
	// ReadFile returns the text that a file was parsed from, by absolute name; nil: as
	// the driver's passes read files. Drivers with overlays that passes do not see
	// need it for fixes.
	ReadFile func(name string) ([]byte, error)
	// Exclude reports whether findings in a file are unwanted; nil: none is.
	Exclude func(filename string) bool
}

// RuleConfig is a rule's part of the configuration.
type RuleConfig struct {
	Severity string // empty: the rule's own
	Options  []OptionValue
	// Pos is where the configuration names the rule, SeverityPos where it gives
	// the severity.
	Pos, SeverityPos registry.Position
}

// settings is a rule as it runs.
type settings struct {
	rule     *Rule
	severity Severity
	values   map[string]any
}

func (s *settings) int(name string) int                  { return s.values[name].(int) }
func (s *settings) bool(name string) bool                { return s.values[name].(bool) }
func (s *settings) text(name string) string              { return s.values[name].(string) }
func (s *settings) list(name string) []string            { return s.values[name].([]string) }
func (s *settings) lifetimes(name string) map[string]int { return s.values[name].(map[string]int) }

// newSettings works out what a configuration makes of a rule.
func newSettings(r *Rule, c RuleConfig, named bool) (*settings, error) {
	s := &settings{rule: r, severity: r.Severity, values: map[string]any{}}
	if r.Off && !named && c.Severity == "" {
		s.severity = SeverityOff
	}
	var errs []error
	if c.Severity != "" {
		sev, err := ParseSeverity(c.Severity)
		if err != nil {
			errs = append(errs, at(firstPos(c.SeverityPos, c.Pos), err))
		}
		s.severity = sev
	}
	for i := range r.Options {
		s.values[r.Options[i].Name] = r.Options[i].Default
	}
	for _, v := range c.Options {
		o := r.option(v.Name)
		if o == nil {
			errs = append(errs, at(firstPos(v.Pos, c.Pos), fmt.Errorf("rule %s has no option %q (%s)", r.Name, v.Name, r.optionHint(v.Name))))
			continue
		}
		parsed, err := o.parse(v.Value)
		if err != nil {
			errs = append(errs, at(firstPos(v.Pos, c.Pos), fmt.Errorf("rule %s: %w", r.Name, err)))
			continue
		}
		s.values[v.Name] = parsed
	}
	return s, errors.Join(errs...)
}

func (r *Rule) option(name string) *Option {
	for i := range r.Options {
		if r.Options[i].Name == name {
			return &r.Options[i]
		}
	}
	return nil
}

func (r *Rule) optionHint(name string) string {
	if len(r.Options) == 0 {
		return "it takes severity only"
	}
	names := []string{"severity"}
	for _, o := range r.Options {
		names = append(names, o.Name)
	}
	if near := yamltree.Nearest(name, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("it has %s", join(names))
}

func firstPos(ps ...registry.Position) registry.Position {
	for _, p := range ps {
		if p.File != "" {
			return p
		}
	}
	return registry.Position{}
}

// at puts a position before an error, in the project's form.
func at(p registry.Position, err error) error {
	if p.File == "" {
		return err
	}
	return fmt.Errorf("%s: %w", p, err)
}
