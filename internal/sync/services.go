package sync

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// vendors are the services, by name.
func vendors() []vendor {
	return []vendor{
		{ // https://launchdarkly.com/docs/api: REST API v2, a token with the role Reader
			name: "launchdarkly", address: "https://app.launchdarkly.com", format: "launchdarkly",
			needs: []string{"project", "environments"}, authorize: func(r *http.Request, secret string) {
				r.Header.Set("Authorization", secret)
				r.Header.Set("LD-API-Version", "20240415")
			},
			lists: func(s Source) []list {
				of := func(query url.Values) list {
					query.Set("summary", "0")
					return list{
						path: "/api/v2/flags/" + url.PathEscape(s.Project), query: query,
						items: "items", total: "totalCount", page: offsets("limit", "offset", 100),
					}
				}
				// Archived flags are not listed otherwise.
				out := []list{of(url.Values{"filter": {"state:archived"}})}
				for envs := range slices.Chunk(s.environments(), launchDarklyAtOnce) {
					query := url.Values{}
					for _, env := range envs {
						query.Add("env", env.id)
					}
					out = append(out, of(query))
				}
				for _, env := range s.environments() {
					out = append(out, list{path: "/api/v2/flag-statuses/" + url.PathEscape(s.Project) + "/" + url.PathEscape(env.id)})
				}
				return out
			},
		},
		{ // https://docs.getunleash.io/api: what a client of one environment gets; the features of a project; or, as that list
			// leaves the strategies out, the export of each environment. Of servers 5 to 7.
			name: "unleash", format: "unleash", takes: []string{"project", "environments"}, authorize: header("Authorization", ""),
			one: func(s Source) bool { return s.Project == "" },
			lists: func(s Source) []list {
				switch {
				case s.Project == "":
					return []list{{path: "/api/client/features", environment: s.Only()}}
				case len(s.Environments) == 0:
					return []list{{path: "/api/admin/projects/" + url.PathEscape(s.Project) + "/features"}}
				}
				var out []list
				for _, env := range s.environments() {
					out = append(out, list{
						path: "/api/admin/features-batch/export",
						body: map[string]any{"project": s.Project, "environment": env.id, "downloadFile": false},
					})
				}
				return out
			},
		},
		{ // https://docs.cloudbees.com, Feature Management: REST API v2, an API token. What is served is a list for each environment.
			name: "cloudbees", address: "https://api.cloudbees.io", format: "cloudbees", needs: []string{"project"},
			takes: []string{"environments"}, authorize: bearer, join: joinConfigurations,
			lists: func(s Source) []list {
				at := "/v2/applications/" + url.PathEscape(s.Project)
				out := []list{{path: at + "/flags"}}
				for _, env := range s.environments() {
					out = append(out, list{path: at + "/environments/" + url.PathEscape(env.id) + "/configuration"})
				}
				return out
			},
		},
		{ // https://apidocs.harness.io, Feature Flags: a key that may view flags
			name: "harness", address: "https://app.harness.io", format: "harness",
			needs: []string{"account", "organization", "project", "environments"}, authorize: header("x-api-key", ""),
			lists: func(s Source) []list {
				var out []list
				for _, env := range s.environments() {
					out = append(out, list{
						path: "/cf/admin/features", items: "features", total: "itemCount", page: numbers("pageSize", "pageNumber", 100, 0),
						query: url.Values{
							"accountIdentifier": {s.Account}, "orgIdentifier": {s.Organization}, "projectIdentifier": {s.Project},
							"environmentIdentifier": {env.id},
						},
					})
				}
				return out
			},
		},
		{ // https://docs.flagsmith.com: REST API v1, a token of a user who may view the project
			name: "flagsmith", address: "https://api.flagsmith.com", format: "flagsmith", needs: []string{"project"},
			takes: []string{"environments"}, authorize: header("Authorization", "Token "),
			lists: func(s Source) []list {
				l := list{
					path: "/api/v1/projects/" + url.PathEscape(s.Project) + "/features/", items: "results", next: "next",
					page: numbers("page_size", "page", 100, 1),
				}
				if len(s.Environments) == 0 {
					return []list{l}
				}
				var out []list
				for _, env := range s.environments() { // each of a list of its own, which does not name it
					l.query, l.environment = url.Values{"environment": {env.id}}, env.name
					out = append(out, l)
				}
				return out
			},
		},
		{ // https://docs.growthbook.io/api: REST API v1, a token with the role readonly
			name: "growthbook", address: "https://api.growthbook.io", format: "growthbook", takes: []string{"project"}, authorize: bearer,
			lists: func(s Source) []list {
				l := list{path: "/api/v1/features", items: "features", total: "total", next: "hasMore", page: offsets("limit", "offset", 100)}
				if s.Project != "" {
					l.query = url.Values{"projectId": {s.Project}}
				}
				return []list{l}
			},
		},
		{ // https://docs.statsig.com/console-api: a Console API key that may read
			name: "statsig", address: "https://statsigapi.net", format: "statsig",
			authorize: func(r *http.Request, secret string) {
				r.Header.Set("STATSIG-API-KEY", secret)
				r.Header.Set("STATSIG-API-VERSION", "20240601")
			},
			lists: func(Source) []list {
				return []list{{path: "/console/v1/gates", items: "data", next: "pagination.nextPage", page: numbers("limit", "page", 100, 1)}}
			},
		},
		{ // https://posthog.com/docs/api: a personal API key with the scope feature_flag:read
			name: "posthog", address: "https://us.posthog.com", format: "posthog", needs: []string{"project"}, authorize: bearer,
			lists: func(s Source) []list {
				return []list{{
					path: "/api/projects/" + url.PathEscape(s.Project) + "/feature_flags/", items: "results", total: "count", next: "next",
					page: offsets("limit", "offset", 100),
				}}
			},
		},
		{ // https://configcat.com/docs: config JSON v6, which an SDK gets; its key is the token, and stands in the address
			name: "configcat", address: "https://cdn-global.configcat.com", format: "configcat", takes: []string{"environments"},
			one: func(Source) bool { return true }, join: refuseMoved,
			lists: func(s Source) []list {
				return []list{{path: "/configuration-files/" + keyPlace + "/config_v6.json", environment: s.Only()}}
			},
		},
		{ // https://docs.devcycle.com/management-api: features of a project (v2), a token of the API's client
			name: "devcycle", address: "https://api.devcycle.com", format: "devcycle", needs: []string{"project"}, authorize: bearer,
			lists: func(s Source) []list {
				return []list{{
					path: "/v2/projects/" + url.PathEscape(s.Project) + "/features", items: itself, page: numbers("perPage", "page", 100, 1),
				}}
			},
		},
		{ // https://docs.split.io/reference: Admin API v2, a key with the role viewer
			name: "split", address: "https://api.split.io", format: "split", needs: []string{"project"}, takes: []string{"environments"},
			authorize: bearer,
			lists: func(s Source) []list {
				at := "/internal/api/v2/splits/ws/" + url.PathEscape(s.Project)
				l := list{items: "objects", total: "totalCount", page: offsets("limit", "offset", 50)}
				l.path = at
				out := []list{l}
				for _, env := range s.environments() {
					l.path = at + "/environments/" + url.PathEscape(env.id)
					out = append(out, l)
				}
				return out
			},
		},
	}
}

// launchDarklyAtOnce is how many environments are asked for at once, so that answers
// stay small. An answer that leaves one out is refused.
const launchDarklyAtOnce = 3

// joinConfigurations puts the configurations of environments, a list each after that
// of the flags, into the flags: the form in which the format reads them.
func joinConfigurations(s Source, lists [][]byte) ([][]byte, error) {
	if len(s.Environments) == 0 {
		return lists, nil
	}
	var all object
	if err := decode(lists[0], &all); err != nil {
		return nil, err
	}
	flags, err := all.list("flags")
	if err != nil {
		return nil, err
	}
	byName := map[string]object{}
	for _, f := range flags {
		if flag, ok := f.(map[string]any); ok {
			name, _ := flag["name"].(string)
			flag["configStates"] = []any{}
			byName[name] = flag
		}
	}
	for i, env := range s.environments() {
		var answer object
		if err := decode(lists[i+1], &answer); err != nil {
			return nil, err
		}
		configurations, err := answer.list("configurations")
		if err != nil {
			return nil, err
		}
		for _, item := range configurations {
			of, _ := item.(map[string]any)
			name, _ := of["flagName"].(string)
			flag, state := byName[name], of["configuration"]
			if flag == nil {
				return nil, errors.New("the answer has the configuration of a flag that is not listed (try again)")
			}
			if state, ok := state.(map[string]any); ok { // not every flag was changed in every environment
				state["environmentName"] = env.name
				flag["configStates"] = append(flag["configStates"].([]any), state)
			}
		}
	}
	joined, err := encode(all)
	return [][]byte{joined}, err
}

// refuseMoved refuses a config JSON of ConfigCat that holds no flags, but tells the
// address that has them (p.r is not 0): the key would go there.
func refuseMoved(_ Source, lists [][]byte) ([][]byte, error) {
	var answer struct {
		P struct {
			U string
			R int
		}
	}
	if err := decode(lists[0], &answer); err != nil {
		return nil, err
	}
	if answer.P.R != 0 {
		return nil, fmt.Errorf("the flags are at another address (add address: %q, if that is ConfigCat's)", answer.P.U)
	}
	return lists, nil
}
