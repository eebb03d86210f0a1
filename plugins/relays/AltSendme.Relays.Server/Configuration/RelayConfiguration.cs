using Microsoft.Extensions.Configuration;

namespace AltSendme.Relays.Server.Configuration;

/// <summary>Reads the settings: the file, then <c>ALTSENDME_RELAY_</c> variables, then the command line; later ones win.</summary>
internal static class RelayConfiguration
{
    public const string EnvironmentPrefix = "ALTSENDME_RELAY_";
    public const string DevelopmentListen = "127.0.0.1:3340";
    private const string DefaultFile = "/etc/altsendme-relay/relay.json";

    private static readonly Dictionary<string, string> Short = new() { ["--listen"] = nameof(RelayServerOptions.Listen), ["--config"] = "Config" };

    /// <exception cref="RelayConfigurationException">A file is missing or not JSON.</exception>
    public static IConfigurationRoot Read(string[] arguments)
    {
        var development = arguments.Contains("--dev");
        var rest = arguments.Where(static argument => argument != "--dev").ToArray();
        try
        {
            var commandLine = new ConfigurationBuilder().AddCommandLine(rest, Short).Build();
            var builder = new ConfigurationBuilder();
            if (development)
                builder.AddInMemoryCollection([KeyValuePair.Create(nameof(RelayServerOptions.Listen), (string?)DevelopmentListen)]);
            else if (commandLine["Config"] is { } file)
                builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
            else
                builder.AddJsonFile(DefaultFile, optional: true, reloadOnChange: false);
            return builder.AddEnvironmentVariables(EnvironmentPrefix).AddCommandLine(rest, Short).Build();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            throw new RelayConfigurationException($"The settings can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>The settings, checked as a whole.</summary>
    /// <exception cref="RelayConfigurationException">Lists every fault.</exception>
    public static RelayServerOptions Bind(IConfiguration configuration)
    {
        var options = new RelayServerOptions();
        var faults = new List<string>();
        foreach (var child in configuration.GetChildren())
        {
            if (!RelayServerOptions.Keys.Contains(child.Key))
                faults.Add($"{child.Key} is no setting; there are {string.Join(", ", RelayServerOptions.Keys.Order(StringComparer.Ordinal))}");
        }

        BindTop(configuration, options, faults);
        BindSection(configuration, nameof(options.Tls), options.Tls, faults);
        BindSection(configuration, nameof(options.Access), options.Access, faults);
        BindSection(configuration, nameof(options.Limits), options.Limits, faults);
        BindSection(configuration, nameof(options.Restart), options.Restart, faults);
        BindSection(configuration, nameof(options.AddressDiscovery), options.AddressDiscovery, faults);
        if (faults.Count == 0)
            faults.AddRange(RelayServerOptionsValidator.Faults(options));
        return faults.Count == 0 ? options : throw new RelayConfigurationException($"The settings can't be used: {string.Join("; ", faults)}.");
    }

    private static void BindTop(IConfiguration configuration, RelayServerOptions options, List<string> faults)
    {
        options.Listen = configuration[nameof(options.Listen)] ?? options.Listen;
        options.MetricsListen = configuration[nameof(options.MetricsListen)] ?? options.MetricsListen;
        if (configuration[nameof(options.AllowPlainHttp)] is { } text)
        {
            if (bool.TryParse(text, out var value))
                options.AllowPlainHttp = value;
            else
                faults.Add($"AllowPlainHttp is '{text}'; it must be true or false");
        }
    }

    private static void BindSection(IConfiguration configuration, string name, object section, List<string> faults)
    {
        try
        {
            configuration.GetSection(name).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException exception)
        {
            faults.Add($"{name}: {exception.Message.TrimEnd('.')}");
        }
    }
}
