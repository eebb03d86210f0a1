using AltSendme.Core.Plugins;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Notifications;

namespace AltSendme.Service.Hosting;

/// <summary>Where a service lives and what it is made of.</summary>
internal sealed record ServiceOptions
{
    public required ServicePlace Place { get; init; }

    public required SettingsFiles Files { get; init; }

    public required IReadOnlyList<(string Path, PluginOrigin Origin)> PluginRoots { get; init; }

    /// <summary>Plugins that are part of the program itself; for tests.</summary>
    public IReadOnlyList<LoadedPlugin>? Linked { get; init; }

    /// <summary>A socket that systemd listens on already; <see langword="null"/> to listen ourselves.</summary>
    public ulong? InheritedSocket { get; init; }

    /// <summary>Where the bus of the user's session is; <see langword="null"/> for a service that is not on it.</summary>
    public string? SessionBus { get; init; }

    /// <summary>Makes notifications, in place of the platform's; for tests.</summary>
    public Func<Action<NotificationActionKind, string>, INotifier>? Notifier { get; init; }

    /// <summary>The words of notifications: the user's language, another one in tests.</summary>
    public Func<Labels> Words { get; init; } = Labels.ForUser;

    /// <summary>Where policy comes from; others for tests.</summary>
    public IReadOnlyList<IPolicySource> PolicySources { get; init; } = Core.Policy.Sources.PolicySources.Default();

    public bool Verbose { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
