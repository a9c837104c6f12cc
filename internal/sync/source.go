package sync

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/flaghygiene/flaglint/registry"
)

// Source is what the configuration says of one source.
type Source struct {
	Name string // unique; what errors, the snapshot and the history call it
	Type string // one of Types
	// Address is where the service is; empty: where its vendor runs it.
	Address string
	// Token is the name of the environment variable that holds the token; of a store,
	// the password, or the whole address with it. Empty: none is needed.
	Token string
	// Project, and Organization and Account above it, are as the vendor names them:
	// key, number or identifier.
	Project, Organization, Account string
	// Environments are those to ask for; where a source serves one alone, the one
	// that its answer is said to hold. NAME=ID is one that the service calls ID.
	Environments []string
	// Format is the registry format of what a source of the type http answers.
	Format string
	// Header is the header in which an http source takes the token, with the text
	// before it: "Authorization: Bearer " if empty.
	Header string
	// Timeout bounds one request; 0: DefaultTimeout.
	Timeout time.Duration
	// Settings are what only sources of this type know, such as a query.
	Settings map[string]string
	Pos      registry.Position
}

// DefaultTimeout bounds a request where the source says nothing else.
const DefaultTimeout = 30 * time.Second

// Options are what fetching needs of the world.
type Options struct {
	// Token returns the value of an environment variable, "" where it is not set.
	Token func(name string) string
	// Transport carries the requests, through a proxy or not; nil: that of net/http.
	Transport http.RoundTripper
	// Sleep waits between tries; nil: time passes.
	Sleep func(ctx context.Context, d time.Duration) error
	// Now is the time, which a Retry-After is held against.
	Now time.Time
	// Formats are the registry formats.
	Formats registry.Formats
	// Dir is the absolute directory that names of files are relative to.
	Dir string
	// Version is sent in the User-Agent.
	Version string
}

// Fetcher fetches the flags of a source. Errors say what is wrong without the name
// of the source, which Run puts before.
type Fetcher func(ctx context.Context, s Source, o Options) ([]*registry.Flag, error)

// Type is a kind of source.
type Type struct {
	Name  string
	Fetch Fetcher
	// One reports whether an answer holds one environment, so that no more than one can
	// be named; nil: it holds those that are asked for.
	One func(s Source) bool
	// Needs and Takes are the fields of a source that must and may be given beside
	// name, type, address, token and timeout; Settings those of Source.Settings.
	Needs, Takes, Settings []string
	// Wrong tells what else is wrong with a source; nil: nothing.
	Wrong func(s Source) []string
	// Secrets are the parts of a token that are secret by themselves, such as the
	// password of an address; nil: it has none.
	Secrets func(token string) []string
}

// Lookup returns the type of a name among types, and the names of all where there is
// no such type.
func Lookup(types []Type, name string) (Type, error) {
	for _, t := range types {
		if t.Name == name {
			return t, nil
		}
	}
	var names []string
	for _, t := range types {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return Type{}, fmt.Errorf("type: %q is unknown (want %s)", name, strings.Join(names, ", "))
}

// Check reports what is wrong with a source as the configuration gives it.
func (t Type) Check(s Source) []string {
	given := map[string]bool{
		"project": s.Project != "", "organization": s.Organization != "", "account": s.Account != "",
		"environments": len(s.Environments) > 0, "format": s.Format != "", "header": s.Header != "", "address": s.Address != "",
		"token": s.Token != "",
	}
	var wrong []string
	for _, f := range slices.Sorted(maps.Keys(given)) {
		always := f == "address" || f == "token"
		switch {
		case !given[f] && slices.Contains(t.Needs, f):
			wrong = append(wrong, fmt.Sprintf("a source of the type %s needs %s", t.Name, f))
		case given[f] && !always && !slices.Contains(t.Needs, f) && !slices.Contains(t.Takes, f):
			wrong = append(wrong, fmt.Sprintf("a source of the type %s has no %s (remove it)", t.Name, f))
		}
	}
	if len(s.Environments) > 1 && t.One != nil && t.One(s) {
		wrong = append(wrong, fmt.Sprintf("an answer of the type %s holds one environment (make a source for each)", t.Name))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Settings)) {
		if !slices.Contains(t.Settings, name) {
			wrong = append(wrong, fmt.Sprintf("a source of the type %s has no %s (remove it)", t.Name, name))
		}
	}
	for _, name := range t.Settings {
		if s.Settings[name] == "" && slices.Contains(t.Needs, name) {
			wrong = append(wrong, fmt.Sprintf("a source of the type %s needs %s", t.Name, name))
		}
	}
	if t.Wrong != nil {
		wrong = append(wrong, t.Wrong(s)...)
	}
	return wrong
}

// Wait is the time that the source has to answer in.
func (s Source) Wait() time.Duration { return cmp.Or(s.Timeout, DefaultTimeout) }

// environment is one that a source names.
type environment struct{ name, id string }

// environments are those of a source, by the name that flaglint knows them by, and
// that of the service.
func (s Source) environments() []environment {
	var out []environment
	for _, e := range s.Environments {
		name, id, ok := strings.Cut(e, "=")
		if !ok {
			id = name
		}
		out = append(out, environment{strings.TrimSpace(name), strings.TrimSpace(id)})
	}
	return out
}

// Only is the name of the environment that a source names, where it names one.
func (s Source) Only() string {
	if envs := s.environments(); len(envs) == 1 {
		return envs[0].name
	}
	return ""
}

// Secret returns what the variable holds that a source names, and an error where it
// holds nothing.
func (o Options) Secret(s Source) (string, error) {
	if s.Token == "" {
		return "", nil
	}
	v := strings.TrimSpace(o.Token(s.Token)) // a file that it was read from ends its line
	if v == "" {
		name := s.Token
		if strings.ToUpper(name) != name {
			name = "that token: names" // it could be the token itself
		}
		return "", fmt.Errorf("the environment variable %s is not set (export it with the token)", name)
	}
	return v, nil
}
