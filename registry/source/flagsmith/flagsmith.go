// Package flagsmith reads Flagsmith's environment document (local evaluation), and
// what its REST API (v1) returns of features.
package flagsmith

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "flagsmith", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	for _, state := range root.At("feature_states").Values() {
		if state.At("feature", "name").Exists() {
			return true
		}
	}
	for _, feature := range list(root).Values() {
		if feature.At("default_enabled").Is(yamltree.Bool) && feature.At("name").Exists() {
			return true
		}
	}
	return false
}

// list takes a list, and a page of one.
func list(root read.Node) read.Node {
	if root.Is(yamltree.List) {
		return root
	}
	return root.At("results")
}

func parse(f *read.File, root read.Node) {
	if root.Is(yamltree.Map) && root.Get("feature_states").Exists() {
		readDocument(f, root)
		return
	}
	if root.Is(yamltree.Map) {
		read.Last(root, "next")
	}
	for _, feature := range list(root).Items() {
		if row := f.NamedRow(feature, "name"); row != nil {
			readFeature(row, feature)
		}
	}
}

// readDocument reads an environment.
func readDocument(f *read.File, root read.Node) {
	overridden := map[string]bool{}
	for _, segment := range root.Get("project").List("segments") {
		for _, state := range segment.List("feature_states") {
			overridden[state.Get("feature").Text("name")] = true
		}
	}
	for _, identity := range root.List("identity_overrides") {
		for _, state := range identity.List("identity_features") {
			overridden[state.Get("feature").Text("name")] = true
		}
	}
	env := root.Text("name")
	for _, state := range root.List("feature_states") {
		feature, ok := state.Required("feature")
		if !ok {
			continue
		}
		row := f.NamedRow(feature, "name")
		if row == nil {
			continue
		}
		split := len(state.List("multivariate_feature_state_values")) > 0
		serve(row, env, state, split || overridden[row.Key], registry.Date{})
	}
}

// serve reads a state. A feature is both on or off, and a value: where it has one,
// what code gets depends on which of the two it asks for.
func serve(row *read.Row, env string, state read.Node, differs bool, since registry.Date) {
	value := state.Get("feature_state_value")
	on := state.RequiredBool("enabled")
	valued := value.Exists() && !(value.Is(yamltree.String) && value.Spelling() == "")
	if !valued && !differs {
		row.SetType(read.Node{}, registry.TypeBool)
		row.Serve(env, state, registry.Bool(on), since)
		return
	}
	if valued {
		row.SetType(read.Node{}, registry.TypeUnknown)
	}
	row.Depends(env, state)
}

// readFeature reads a feature of the API.
func readFeature(row *read.Row, feature read.Node) {
	row.Set("description", feature.Get("description"))
	row.SetCreated(feature.Get("created_date"))
	for _, owner := range feature.List("owners") {
		row.Set("owner", owner.Get("email"))
	}
	for _, group := range feature.List("group_owners") {
		row.Set("owner", group.Get("name"))
	}
	if feature.Bool("is_archived", false) {
		row.Retire()
		return
	}
	if state := feature.Get("environment_feature_state"); state.Exists() {
		differs := feature.Number("num_segment_overrides", 0)+feature.Number("num_identity_overrides", 0) > 0 ||
			len(feature.List("multivariate_options")) > 0
		serve(row, "", state, differs, feature.Get("last_modified_in_current_environment").Time())
	}
}
