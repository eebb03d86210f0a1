using System.Text.Json.Serialization;
using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations;

/// <summary>Readers and writers of JSON, made by the compiler.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>), TypeInfoPropertyName = "Labels")]
[JsonSerializable(typeof(Dictionary<string, string>), TypeInfoPropertyName = "Texts")]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(InstallRecord))]
internal sealed partial class IntegrationJson : JsonSerializerContext;
