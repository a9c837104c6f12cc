package sync

import (
	"net/http"
	"net/url"
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
				out := []list{{
					path: "/api/v2/flags/" + url.PathEscape(s.Project), query: url.Values{"env": s.Environments, "summary": {"0"}},
					items: "items", total: "totalCount", page: offsets("limit", "offset", 100),
				}}
				for _, env := range s.Environments {
					out = append(out, list{path: "/api/v2/flag-statuses/" + url.PathEscape(s.Project) + "/" + url.PathEscape(env)})
				}
				return out
			},
		},
		{ // https://docs.getunleash.io/reference/api: the admin API of a project, or what a client of one environment gets
			name: "unleash", format: "unleash", takes: []string{"project", "environments"}, authorize: header("Authorization", ""),
			lists: func(s Source) []list {
				if s.Project != "" {
					return []list{{path: "/api/admin/projects/" + url.PathEscape(s.Project) + "/features"}}
				}
				return []list{{path: "/api/client/features", environment: only(s.Environments)}}
			},
		},
		{ // https://docs.cloudbees.com, Feature Management: REST API v2, an API token
			name: "cloudbees", address: "https://api.cloudbees.io", format: "cloudbees", needs: []string{"project"}, authorize: bearer,
			lists: func(s Source) []list {
				return []list{{path: "/v2/applications/" + url.PathEscape(s.Project) + "/flags"}}
			},
		},
		{ // https://apidocs.harness.io, Feature Flags: a key that may view flags
			name: "harness", address: "https://app.harness.io", format: "harness",
			needs: []string{"account", "organization", "project", "environments"}, authorize: header("x-api-key", ""),
			lists: func(s Source) []list {
				var out []list
				for _, env := range s.Environments {
					out = append(out, list{
						path: "/cf/admin/features", items: "features", total: "itemCount", page: numbers("pageSize", "pageNumber", 100, 0),
						query: url.Values{
							"accountIdentifier": {s.Account}, "orgIdentifier": {s.Organization}, "projectIdentifier": {s.Project},
							"environmentIdentifier": {env},
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
				if env := only(s.Environments); env != "" {
					l.query, l.environment = url.Values{"environment": {env}}, env
				}
				return []list{l}
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
			name: "posthog", address: "https://app.posthog.com", format: "posthog", needs: []string{"project"}, authorize: bearer,
			lists: func(s Source) []list {
				return []list{{
					path: "/api/projects/" + url.PathEscape(s.Project) + "/feature_flags/", items: "results", total: "count", next: "next",
					page: offsets("limit", "offset", 100),
				}}
			},
		},
		{ // https://configcat.com/docs: config JSON v6, which an SDK gets; its key is the token, and stands in the address
			name: "configcat", address: "https://cdn-global.configcat.com", format: "configcat", takes: []string{"environments"},
			lists: func(s Source) []list {
				return []list{{path: "/configuration-files/{key}/config_v6.json", environment: only(s.Environments)}}
			},
		},
		{ // https://docs.devcycle.com/management-api: features of a project, a token of the API's client
			name: "devcycle", address: "https://api.devcycle.com", format: "devcycle", needs: []string{"project"}, authorize: bearer,
			lists: func(s Source) []list {
				return []list{{path: "/v1/projects/" + url.PathEscape(s.Project) + "/features", query: url.Values{"perPage": {"1000"}}}}
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
				for _, env := range s.Environments {
					l.path = at + "/environments/" + url.PathEscape(env)
					out = append(out, l)
				}
				return out
			},
		},
	}
}

// only is the environment that a source names, where it names one.
func only(environments []string) string {
	if len(environments) == 1 {
		return environments[0]
	}
	return ""
}
