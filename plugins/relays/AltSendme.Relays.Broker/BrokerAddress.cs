using System.Security.Authentication;
using AltSendme.Abstractions;
using RabbitMQ.Client;

namespace AltSendme.Relays.Broker;

/// <summary>What a broker's URL and the token for it say: <c>amqps://HOST[:PORT][/VHOST]</c> and <c>USER:PASSWORD</c>. The URL stands in tickets, so that nothing secret is in it.</summary>
internal static class BrokerAddress
{
    public const string SecureScheme = "amqps";

    /// <summary>The longest time that a step of connecting may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // A broker that says nothing for twice this long is gone.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static int Port(Uri url) => !url.IsDefaultPort && url.Port > 0 ? url.Port : IsSecure(url) ? 5671 : 5672;

    /// <exception cref="BrokerRefusedException">This broker must not be contacted as things are set.</exception>
    public static ConnectionFactory Factory(RelayContext context, bool allowPlain)
    {
        var url = context.Url;
        if (url.UserInfo.Length > 0)
            throw new BrokerRefusedException($"{url.Host} was not contacted: its URL stands in tickets and must not hold a name or a password. Give them as its token, USER:PASSWORD");
        if (!IsSecure(url) && !url.IsLoopback && !allowPlain)
            throw new BrokerRefusedException($"{url.Host} was not contacted: the way to it is not encrypted, and the password would be seen. Use {SecureScheme}://, or set Plugins:altsendme.broker:AllowPlain to true");

        // A broker that only a ticket names gets no token, and so is never contacted.
        if (context.AccessToken?.Split(':', 2) is not [{ Length: > 0 } user, var password])
            throw new BrokerRefusedException($"{url.Host} was not contacted: its token must be USER:PASSWORD");

        return new ConnectionFactory
        {
            HostName = url.IdnHost,
            Port = Port(url),
            VirtualHost = url.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(url.AbsolutePath[1..]) : ConnectionFactory.DefaultVHost,
            UserName = user,
            Password = password,
            Ssl = new SslOption(url.IdnHost, enabled: IsSecure(url)) { Version = SslProtocols.None },
            ClientProvidedName = "altsendme",
            RequestedHeartbeat = Heartbeat,
            RequestedConnectionTimeout = Limit,
            ContinuationTimeout = Limit,

            // The tunnel connects again by itself and says so; the library would do it unseen.
            AutomaticRecoveryEnabled = false,
        };
    }

    private static bool IsSecure(Uri url) => url.Scheme == SecureScheme;
}
