using AltSendme.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace AltSendme.Plugins.Testing;

/// <summary>What a host hands to a plugin, for a test: settings from a dictionary, no log, a state folder that is removed at the end.</summary>
public sealed class TestPluginContext : IPluginContext, IDisposable
{
    private string? _stateFolder;

    public TestPluginContext(string id, IReadOnlyDictionary<string, string>? settings = null) => Configuration = new Section($"Plugins:{id}", settings ?? new Dictionary<string, string>(), "");

    public IConfigurationSection Configuration { get; }

    public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public string StateFolder => _stateFolder ??= Directory.CreateTempSubdirectory("altsendme-plugin-").FullName;

    public void Dispose()
    {
        if (_stateFolder is not null)
            Directory.Delete(_stateFolder, recursive: true);
    }

    private sealed class Section(string root, IReadOnlyDictionary<string, string> values, string path) : IConfigurationSection
    {
        public string Key => Path[(Path.LastIndexOf(':') + 1)..];

        public string Path => path.Length == 0 ? root : $"{root}:{path}";

        public string? Value
        {
            get => values.GetValueOrDefault(path);
            set => throw new NotSupportedException("A plugin reads its settings.");
        }

        public string? this[string key]
        {
            get => values.GetValueOrDefault(Below(key));
            set => throw new NotSupportedException("A plugin reads its settings.");
        }

        public IConfigurationSection GetSection(string key) => new Section(root, values, Below(key));

        public IEnumerable<IConfigurationSection> GetChildren() =>
            values.Keys.Where(key => key.StartsWith(Below(""), StringComparison.OrdinalIgnoreCase)).Select(key => key[Below("").Length..].Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Select(GetSection);

        public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

        private string Below(string key) => path.Length == 0 ? key : $"{path}:{key}";
    }
}
