// Package interfaces is a stub: the signatures of FeatureHub, without behaviour.
package interfaces

// Feature is a feature's state.
type Feature struct{ Key string }

// Client evaluates features.
type Client interface {
	GetBoolean(key string) (bool, error)
	GetNumber(key string) (float64, error)
	GetString(key string) (string, error)
	GetRawJSON(key string) (string, error)
	GetFeature(key string) (*Feature, error)
	AddNotifierBoolean(key string, callback func(bool))
	AddNotifierFeature(key string, callback func(*Feature))
	AddNotifierJSON(key string, callback func(string))
	AddNotifierNumber(key string, callback func(float64))
	AddNotifierString(key string, callback func(string))
}
