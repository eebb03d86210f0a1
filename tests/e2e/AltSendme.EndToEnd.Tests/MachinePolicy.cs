using System.Runtime.Versioning;

namespace AltSendme.EndToEnd.Tests;

/// <summary>A policy of the machine for some runs of the program: each has a mount namespace of its own with another <c>/etc/altsendme</c>, which no setting, variable or option could give it.</summary>
/// <param name="home">Folder that holds what stands in its place.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class MachinePolicy(string home)
{
    /// <summary>The file, as it is called outside.</summary>
    public string File => Path.Combine(home, "etc", "altsendme", "policy.json");

    /// <summary>Runs its arguments on a machine with the policy: <c>/etc</c> is what it was, with the policy's folder on top.</summary>
    public string[] Launcher =>
    [
        "unshare", "-m", "sh", "-c",
        "mkdir -p \"$0/over\" && mount -t tmpfs none \"$0/over\" && mkdir \"$0/over/upper\" \"$0/over/work\" && mount -t overlay none -o \"lowerdir=/etc,upperdir=$0/over/upper,workdir=$0/over/work\" /etc && mkdir -p /etc/altsendme && mount --bind \"$0/etc/altsendme\" /etc/altsendme && exec \"$@\"",
        home,
    ];

    /// <summary>Replaces it as an administrator does: whoever looks meanwhile sees the old one or the new one.</summary>
    public void Write(string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File + ".new", json);
        System.IO.File.SetUnixFileMode(File + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }
}
