// Package optimizely reads the datafile of Optimizely Feature Experimentation
// (version 4).
package optimizely

import (
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "optimizely", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	return root.At("featureFlags").Is(yamltree.List) && root.At("rollouts").Is(yamltree.List)
}

func parse(f *read.File, root read.Node) {
	rollouts := map[string]read.Node{}
	for _, rollout := range root.List("rollouts") {
		rollouts[rollout.Text("id")] = rollout
	}
	env := root.Text("environmentKey")
	for _, flag := range root.List("featureFlags") {
		row := f.NamedRow(flag, "key")
		if row == nil {
			continue
		}
		row.SetType(read.Node{}, registry.TypeBool)
		if experiments := flag.Get("experimentIds"); len(experiments.Items()) > 0 {
			row.SetKind(experiments, registry.KindExperiment)
			row.Depends(env, experiments)
			continue
		}
		readRollout(row, env, flag, rollouts[flag.Text("rolloutId")])
	}
}

// readRollout reads the rules of a delivery, of which the first that holds counts.
func readRollout(row *read.Row, env string, flag, rollout read.Node) {
	for _, rule := range rollout.List("experiments") {
		if status := rule.Text("status"); status != "" && status != "Running" && status != "Launched" {
			continue
		}
		if on, ok := everyone(rule); ok {
			row.Serve(env, rule, registry.Bool(on), registry.Date{})
		} else {
			row.Depends(env, rule)
		}
		return
	}
	row.Serve(env, flag, registry.Bool(false), registry.Date{})
}

// everyone reads what a rule without an audience serves to all.
func everyone(rule read.Node) (on, ok bool) {
	if len(rule.List("audienceIds")) > 0 || rule.Get("audienceConditions").Len() > 0 || rule.Get("forcedVariations").Len() > 0 {
		return false, false
	}
	traffic := rule.List("trafficAllocation")
	if len(traffic) != 1 || traffic[0].Number("endOfRange", 0) != 10000 {
		return false, false
	}
	served := strings.TrimSpace(traffic[0].Text("entityId"))
	for _, variation := range rule.List("variations") {
		if variation.Text("id") == served {
			return variation.RequiredBool("featureEnabled"), true
		}
	}
	return false, false
}
