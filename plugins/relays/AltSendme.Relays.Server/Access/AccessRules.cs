using AltSendme.Abstractions;
using AltSendme.Relays.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server.Access;

/// <summary>Makes the rule that the settings name.</summary>
internal static class AccessRules
{
    /// <exception cref="RelayConfigurationException">The token file can't be read or is empty.</exception>
    public static IAccessRule Create(AccessOptions options, HttpMessageInvoker http, TimeProvider timeProvider, ILogger logger) => options.Mode switch
    {
        AccessMode.AllowList => new ListRule(Endpoints(options), admitted: true),
        AccessMode.DenyList => new ListRule(Endpoints(options), admitted: false),
        AccessMode.Tokens => new TokenRule(Tokens(options)),
        AccessMode.CallOut => new CallOutRule(http, options, timeProvider, logger),
        _ => new EveryoneRule(),
    };

    private static HashSet<EndpointId> Endpoints(AccessOptions options)
    {
        var listed = new HashSet<EndpointId>();
        foreach (var text in options.Endpoints)
        {
            if (EndpointId.TryParse(text, out var id))
                listed.Add(id);
        }

        return listed;
    }

    private static IReadOnlyList<string> Tokens(AccessOptions options)
    {
        if (options.TokenFile is not { } file)
            return [.. options.Tokens];
        try
        {
            string[] lines = [.. File.ReadAllLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0)];
            return lines.Length > 0 ? [.. options.Tokens, .. lines] : throw new RelayConfigurationException($"The settings can't be used: Access:TokenFile names {file}, in which there is no token.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RelayConfigurationException($"The settings can't be used: Access:TokenFile names {file}, which can't be read: {exception.Message}", exception);
        }
    }
}
