// Package client is a stub: the signatures of AB Tasty Flagship v2, without behaviour.
package client

// Visitor is whom a flag is evaluated for.
type Visitor struct{}

// FlagInfos describe a flag.
type FlagInfos struct{ CampaignID string }

func (v *Visitor) GetModificationBool(key string, defaultValue bool, activate bool) (bool, error) {
	return defaultValue, nil
}

func (v *Visitor) GetModificationString(key string, defaultValue string, activate bool) (string, error) {
	return defaultValue, nil
}

func (v *Visitor) GetModificationNumber(key string, defaultValue float64, activate bool) (float64, error) {
	return defaultValue, nil
}

func (v *Visitor) GetModificationObject(key string, defaultValue map[string]interface{}, activate bool) (map[string]interface{}, error) {
	return defaultValue, nil
}

func (v *Visitor) GetModificationArray(key string, defaultValue []interface{}, activate bool) ([]interface{}, error) {
	return defaultValue, nil
}

func (v *Visitor) ActivateModification(key string) error { return nil }

func (v *Visitor) GetModificationInfo(key string) (*FlagInfos, error) { return nil, nil }
